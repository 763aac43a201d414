"""What a release gives out: its ZIP taken apart, and held against its manifest."""

import hashlib
import io
import json
import zipfile

import docx
import pypdf

from toolkit.content import parts_of


def unpacked(release):
    with release.zip.file.open("rb") as file:
        archive = zipfile.ZipFile(io.BytesIO(file.read()))
    tops = {name.split("/")[0] for name in archive.namelist()}
    assert len(tops) == 1
    top = tops.pop()
    return {name.removeprefix(f"{top}/"): archive.read(name) for name in archive.namelist()}


def check_archive(release):
    """Every part is there, the sums verify, the manifest says what there is."""
    files = unpacked(release)
    manifest = json.loads(files["manifest.json"])
    sums = dict(reversed(line.split("  ", 1)) for line in files["SHA256SUMS"].decode().splitlines())
    assert set(sums) == set(files) - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256(files[name]).hexdigest() == digest
    rows = {row["path"]: row for row in manifest["files"]}
    assert set(rows) == set(files) - {"SHA256SUMS", "manifest.json"}
    for path, row in rows.items():
        assert (row["sha256"], row["size"]) == (sums[path], len(files[path]))
    parts = parts_of(release.content)
    assert [row["id"] for row in manifest["parts"]] == [part["id"] for part in parts]
    for row, part in zip(manifest["parts"], parts, strict=True):
        assert len(row["files"]) == 2
        for path in row["files"]:
            shown = words_of(files[path], path)
            assert squeezed(part["title"]) in squeezed(shown)
        assert f'id="{part["slug"]}"' in files["web/index.html"].decode()
    return files


def words_of(data, path):
    if path.endswith(".docx"):
        return "\n".join(row.text for row in docx.Document(io.BytesIO(data)).paragraphs)
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def squeezed(text):
    return "".join(character for character in text if character.isalnum())
