"""Logs help an operator and give no secret away."""

import json
import logging

import pytest

from core.logs import json_formatter


@pytest.mark.parametrize(
    ("line", "kept", "hidden"),
    [
        ("GET /my/12/abcdefghijklmnopqrstuvwxyz/", "GET /my/12/…/", "abcdefgh"),
        ("Not Found: /events/forum/registered/eyJhbGciOi:1x:y/", "/events/forum/registered/…/", "eyJ"),
        ("GET /accounts/password/reset/key/1-abc/", "/accounts/password/reset/key/…/", "1-abc"),
        ("GET /desk/events/3/guests/?q=martens@city.example", "/desk/events/3/guests/?…", "martens"),
        ("GET /events/a-long-and-harmless-name-of-an-event/", "/events/a-long-and-harmless-name-of-an-event/", "…"),
    ],
)
def test_log_line_with_an_address_hides_its_secret_part(line, kept, hidden):
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, line, None, None)

    written = json.loads(json_formatter().format(record))

    assert kept in written["event"]
    assert hidden not in written["event"]
