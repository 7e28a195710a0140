"""Structured logs: one JSON object a line, with the request's id."""

import logging
import re

import structlog
from django.conf import settings


def hide_secrets(logger: object, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Put ``…`` for the secrets that stand in some addresses, wherever a log line names one (``LOG_SECRETS``)."""
    return {name: _hidden(value) if isinstance(value, str) and "/" in value else value for name, value in event.items()}


def _hidden(text: str) -> str:
    for pattern in settings.LOG_SECRETS:
        text = re.sub(pattern, r"\1…", text)
    return text


_PROCESSORS: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    hide_secrets,
]


def json_formatter() -> logging.Formatter:
    """The formatter for the standard library's handlers; structlog's own loggers end in it too."""
    structlog.configure(
        processors=[*_PROCESSORS, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_PROCESSORS,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(),
        ],
    )
