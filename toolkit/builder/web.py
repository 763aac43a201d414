"""The web text: one HTML file that opens from a disk, with its pictures beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape

from toolkit import richtext
from toolkit.builder.typeset import picture_path
from toolkit.content import Content, Part

STYLE = (
    "body{font:1.05rem/1.6 Georgia,serif;max-width:42rem;margin:2rem auto;padding:0 1rem;"
    "color:#12343b;background:#fff}img{max-width:100%;height:auto}a{color:#a83f0c}"
    "dt{font-weight:bold}dd{margin:0 0 .5rem}.kind{color:#a83f0c;font-weight:bold;margin:2.5rem 0 0}"
    "@media(prefers-color-scheme:dark){body{color:#f3efe6;background:#12242a}"
    "a,.kind{color:#f2955c}}"
)


def page(content: Content, words: Mapping[str, str]) -> bytes:
    """Return the whole release as one page in UTF-8."""
    title, licence = escape(content["title"]), escape(words["licence_name"])
    pieces = [
        f'<!doctype html>\n<html lang="{escape(content["language"])}">\n<head>\n'
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width">\n'
        f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<header>",
        f"<h1>{title}</h1>\n<p>{escape(content['lead'])}</p>",
        f"<p>{escape(words['version'])} · {escape(words['date'])} · "
        f'<a href="{escape(words["licence_url"])}">{licence}</a> · '
        f'<a href="{escape(words["url"])}">{escape(words["url"])}</a></p>\n</header>',
        *_contents(content, words),
    ]
    if content["notes"]:
        notes = richtext.to_html(richtext.parse(content["notes"]))
        pieces.append(f"<section>\n<h2>{escape(words['news'])}</h2>\n{notes}</section>")
    pieces.append("<main>")
    for chapter in content["chapters"]:
        pieces.append(f'<section id="{chapter["slug"]}">\n<h2>{escape(chapter["title"])}</h2>')
        pieces.append(richtext.to_html(richtext.parse(chapter["intro"])))
        for part in chapter["parts"]:
            pieces += _part(part, words)
        pieces.append("</section>")
    pieces.append("</main>\n</body>\n</html>\n")
    return "\n".join(piece for piece in pieces if piece).encode()


def _contents(content: Content, words: Mapping[str, str]) -> Iterator[str]:
    yield f"<nav>\n<h2>{escape(words['contents'])}</h2>\n<ol>"
    for chapter in content["chapters"]:
        parts = "".join(
            f'<li><a href="#{part["slug"]}">{escape(part["title"])}</a></li>'
            for part in chapter["parts"]
        )
        inner = f"<ol>{parts}</ol>" if parts else ""
        link = f'<a href="#{chapter["slug"]}">{escape(chapter["title"])}</a>'
        yield f"<li>{link}{inner}</li>"
    yield "</ol>\n</nav>"


def _part(part: Part, words: Mapping[str, str]) -> Iterator[str]:
    kind = escape(words[f"kind_{part['kind']}"])
    yield f'<article id="{part["slug"]}">\n<p class="kind">{kind}</p>'
    yield f"<h3>{escape(part['title'])}</h3>"
    if part["facts"]:
        rows = "".join(
            f"<dt>{escape(fact['label'])}</dt><dd>{escape(fact['value'])}</dd>"
            for fact in part["facts"]
        )
        yield f"<dl>{rows}</dl>"
    if picture := part["picture"]:
        yield (
            f'<img src="{picture_path(picture)}" alt="{escape(picture["alt"])}" '
            f'width="{picture["width"]}" height="{picture["height"]}">'
        )
    for field in part["fields"]:
        if field["label"]:
            yield f"<h4>{escape(field['label'])}</h4>"
        inner = "h5" if field["label"] else "h4"
        yield richtext.to_html(richtext.parse(field["html"]), inner)
    if part["citation"]:
        yield f"<h4>{escape(words['reference'])}</h4>\n<p>{escape(part['citation'])}</p>"
    for link in part["links"]:
        yield f'<p><a href="{escape(link["url"])}">{escape(link["label"])}</a></p>'
    yield "</article>"
