"""Source code and configuration: the text as it is, cut where a definition begins."""

import re

from index.readers.extract import Extract
from index.readers.format import Format
from index.readers.plain import declared_encoding, decode

_DEFINITION = re.compile(
    r"^(?:(?:export|default|public|private|protected|static|async|abstract|final|unsafe|pub"
    r"(?:\([^)\n]*\))?)[ \t]+)*(?:def|class|function|func|fn|sub|struct|enum|union|trait|impl"
    r"|interface|module|namespace|package|object)[ \t]+\w[^\n{;]*",
    re.MULTILINE,
)
_SUFFIXES = (
    ".py .pyi .js .mjs .cjs .ts .jsx .tsx .vue .java .kt .scala .groovy .c .h .cc .cpp .cxx .hpp"
    " .cs .fs .go .rs .rb .php .pl .pm .lua .r .jl .m .swift .dart .hs .ml .ex .exs .erl .clj"
    " .el .lisp .scm .sh .bash .zsh .fish .ps1 .bat .sql .graphql .proto .css .scss .less .xml"
    " .xsd .xsl .svg .yaml .yml .toml .ini .cfg .conf .properties .env .tf .cmake .mk .gradle"
    " .asm .s .f90 .pas .vb .zig .nim"
)


def read_source_code(data: bytes) -> Extract:
    """The file's own text; top-level definitions are its headings.

    Raises:
        ReadError: If the bytes are no text.
    """
    text = decode(data, declared=declared_encoding(data))  # XML declares one
    found = ((match.start(), match[0].rstrip(" \t:(")) for match in _DEFINITION.finditer(text))
    return Extract(text=text, headings=tuple(found), lined=True)


FORMAT = Format(read_source_code, tuple(_SUFFIXES.split()))
