"""The cells of a plan's page say what they are given, whatever somebody is called."""

from markupsafe import escape

from matchmaker.web.organisers.plans.grid import Grid, GridRow, RoundHead

HEADS = (RoundHead(1, None, "Round 1"), RoundHead(12, None, "Round 12, midday"))
CELL = '        <td class="govuk-table__cell mm-table__whole" data-head="{}">{}</td>\n'


def drawn(*rows: GridRow, heads: tuple[RoundHead, ...] = HEADS) -> list[str]:
    return [str(cells) for _, cells in Grid("round", "", heads, rows, {}).drawn()]


def test_a_row_has_a_cell_under_each_round_with_what_has_a_meaning_in_html_escaped() -> None:
    odd = ('<b>Al & "Bo"</b>', "100 %s of O’Neil's {}")
    assert drawn(GridRow("Table 1", ("Amara and Ben", "")), GridRow("Table 2", odd)) == [
        "".join(CELL.format(head.words, escape(cell)) for head, cell in zip(HEADS, cells, strict=True))
        for cells in (("Amara and Ben", ""), odd)
    ]


def test_a_plan_without_rounds_or_without_rows_has_no_cells() -> None:
    assert drawn() == []
    assert drawn(GridRow("Table 1", ()), heads=()) == [""]
