"""The record of the basis also holds what an organiser said of somebody."""

from alembic import op


revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Move the schema forward."""
    with op.batch_alter_table('basis_record', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_basis_record_kind_known'), type_='check')
        batch_op.create_check_constraint(op.f('ck_basis_record_kind_known'), "kind IN ('notice', 'objection', 'consent', 'withdrawal', 'organiser')")


def downgrade() -> None:
    """Move the schema back."""
    op.execute("DELETE FROM basis_record WHERE kind = 'organiser'")
    with op.batch_alter_table('basis_record', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_basis_record_kind_known'), type_='check')
        batch_op.create_check_constraint(op.f('ck_basis_record_kind_known'), "kind IN ('notice', 'objection', 'consent', 'withdrawal')")
