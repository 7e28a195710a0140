"""A lost broker is a lost connection to the worker, whatever kombu makes of it."""

import pytest

from config.consumer import steady


def _raising(fault):
    def loop(*_args):
        raise fault

    return loop


def test_steady_loop_takes_kombus_stumble_for_a_lost_connection():
    from kombu.transport.redis import Transport

    with pytest.raises(Transport.connection_errors):
        steady(_raising(AttributeError("'NoneType' object has no attribute 'hostname'")))()


def test_steady_loop_hides_no_other_fault():
    with pytest.raises(AttributeError, match="colour"):
        steady(_raising(AttributeError("'Badge' object has no attribute 'colour'")))()


def test_steady_loop_passes_on_what_it_gets_and_gives():
    assert steady(lambda *args: args)(1, 2) == (1, 2)
