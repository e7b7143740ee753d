"""What the fork server loads once, so that the programs it starts begin at once."""

import scheduler.channel_choice
import scheduler.mail.letters
import workflow.decide.dispatch
from screens.page import catalogue
from tests.support import faults, mailstorm, storms
from tests.support.engine import gr_sociaal_domein

gr_sociaal_domein()
catalogue("nl")

__all__ = ["faults", "mailstorm", "scheduler", "storms", "workflow"]
