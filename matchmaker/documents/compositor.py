"""The process of its own in which Typst lays sheets out: it never gives memory back, this process does by ending.

It is started by its path and imports nothing of ours, so it begins at once. The request comes as JSON on the
standard input; the PDF goes to the standard output, or the reason why there is none to the other.
"""

import json
import sys

import typst


def main() -> None:
    """Lay out what is asked for as PDF/UA-1: tagged, fonts embedded, dates as told, no fonts but those named."""
    asked = json.load(sys.stdin.buffer)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=asked["folders"])
    try:
        written = typst.compile(
            asked["template"],
            root=asked["root"],
            font_paths=fonts,
            sys_inputs={"data": asked["data"]},
            format="pdf",
            pdf_standards=["ua-1"],
            timestamp=asked["at"],
        )
    except typst.TypstError as error:
        raise SystemExit(error.diagnostic) from None
    sys.stdout.buffer.write(written)


if __name__ == "__main__":
    main()
