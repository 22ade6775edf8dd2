"""Examples of vendors' pages, run as they are printed there but for the host: "BytePlus Image Generation API"
(unified), "Seedream API Reference" (ark), APIYI's text-to-image page (apiyi) and Pixazo's "Seedream Edit Multi
Image" (pixazo; the page has lost its line breaks, which are put back).
"""

import os
import pathlib
import re
import subprocess
import sys

import pictures

FOLDER = pathlib.Path(__file__).parent / "printed"
HOSTS = re.compile(
    r"http://localhost:8003|https://ark\.cn-beijing\.volces\.com|https://api\.apiyi\.com|https://gateway\.pixazo\.ai"
)
# How many pictures each brings, and of which format; all ask for 2K, whose shape is the model's choice.
EXPECTED = {
    "unified-1.sh": (1, "jpeg"),
    "unified-2.sh": (4, "jpeg"),
    "unified-3.sh": (1, "jpeg"),
    "unified-4.sh": (5, "jpeg"),
    "unified-5.sh": (1, "jpeg"),
    "ark-curl.sh": (1, "jpeg"),
    "ark-openai.py": (1, "jpeg"),
    "ark-requests.py": (1, "jpeg"),
    "apiyi-curl.sh": (1, "jpeg"),
    "apiyi-openai.py": (1, "png"),
    "apiyi-requests.py": (1, "jpeg"),
    "pixazo-edit.py": (1, "jpeg"),
    "pixazo-results.py": (0, ""),
}
PIXELS = range(3_600_000, 4_400_000)


def run(name, base):
    """Runs one and reads every picture that its output names."""
    text = HOSTS.sub(base, (FOLDER / name).read_text())
    # One of them forgets to import it.
    command = [sys.executable, "-c", "import os\n" + text] if name.endswith(".py") else ["bash", "-ec", text]
    outcome = subprocess.run(
        command, capture_output=True, text=True, timeout=300, env=os.environ | {"ARK_API_KEY": "any"}
    )
    assert outcome.returncode == 0, outcome.stderr
    count, kind = EXPECTED[name]
    urls = re.findall(r"http://[^\s\"']+", outcome.stdout)
    assert len(urls) == count, f"{len(urls)} pictures of {count}: {outcome.stdout[:500]}"
    for url in urls:
        found, (width, height) = pictures.measure(pictures.fetch(url, kind))
        assert found == kind and width * height in PIXELS, f"{found} of {width}x{height}"
    if not count:
        assert "There is no such job" in outcome.stdout, outcome.stdout
