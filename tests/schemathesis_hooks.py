"""What of Schemathesis' findings is none."""

import schemathesis
from schemathesis.core.failures import Failure


@schemathesis.hook
def filter_failure(
    context: object,  # noqa: ARG001 - hooks have these names
    failure: Failure,
    case: object,  # noqa: ARG001
    response: object,  # noqa: ARG001
) -> bool:
    """Whether to keep a finding: any bytes at all are a file, so none are of the wrong format."""
    return "violates `format`" not in failure.message
