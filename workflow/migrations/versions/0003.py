"""The second step of the release that counts rounds anew: who counts otherwise may not write.

Nothing is taken away; that the revision is another one is what keeps them out.
"""

revision = "0003"
down_revision = "0003_pre"
branch_labels = None
depends_on = None


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
