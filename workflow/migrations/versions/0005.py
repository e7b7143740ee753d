"""The second step of the release in which several people can have the same name.

Programs of the release before rely on a name being that of one person at most: that is what makes
two of them that enter the same person at once enter one.
"""

from alembic import op

revision = "0005"
down_revision = "0005_pre"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("people") as people:
        people.drop_constraint("uq_people_name", type_="unique")


def downgrade() -> None:
    with op.batch_alter_table("people") as people:
        people.create_unique_constraint("uq_people_name", ["name"])
