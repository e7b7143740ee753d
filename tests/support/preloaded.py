"""What the fork server loads once, so that the programs it starts begin at once."""

import workflow.deciding
from tests.support import faults, storms
from tests.support.engine import gr_sociaal_domein

gr_sociaal_domein()

__all__ = ["faults", "storms", "workflow"]
