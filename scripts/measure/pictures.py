"""The service with large pictures and large references, beside base64 and fsync."""
import os, pathlib, re, subprocess, tempfile, time

from .figures import median, peak_megabytes, row
from .provider import Provider, draw, padded


def most_memory(scratch):
    """MB the newest service has ever had resident."""
    log = pathlib.Path(scratch, ".local/state/darkroom/service.log").read_text()
    return peak_megabytes(re.findall(r"process (\d+)", log)[-1])


def measure(darkroom, environment, scratch):
    """Sets of large pictures inside one reply, and large references: time and memory of the service."""
    server = Provider.start(draw(darkroom, environment, scratch))
    environment = environment | {"ARK_API_KEY": "a-key-of-the-bench"}
    text = pathlib.Path(scratch, "picture.base64")
    text.write_bytes(Provider.encoded)
    references = []
    for index in range(14):
        reference = pathlib.Path(scratch, f"reference-{index}.jpg")
        reference.write_bytes(padded(Provider.small, 9_990_000))
        references += ["--ref", str(reference)]

    def decode():
        # New files each time, as a gallery gets them: pages of a file that is written over are warm.
        directory = tempfile.mkdtemp(dir=scratch)
        start = time.monotonic()
        for index in range(Provider.COUNT):
            with text.open() as source, open(os.path.join(directory, str(index)), "wb") as target:
                subprocess.run(["base64", "-d"], stdin=source, stdout=target, check=True)
                os.fsync(target.fileno())
        return (time.monotonic() - start) * 1000

    def generate(kind, options, rounds):
        gallery = ["--gallery", os.path.join(scratch, kind)]
        command = [darkroom, "generate", "--provider", "ark", "--model", "seedream-4.0", "--size", "2K", *gallery,
                   "--base-url", f"http://127.0.0.1:{server.server_port}/api/v3", "fog"]
        subprocess.run(command, env=environment, check=True, capture_output=True)  # starts the service
        ours, theirs = [], []
        for _ in range(rounds):
            theirs.append(decode())
            start = time.monotonic()
            subprocess.run(command + options, env=environment, check=True, capture_output=True)
            ours.append((time.monotonic() - start) * 1000)
        memory = most_memory(scratch)
        subprocess.run([darkroom, "service", "--stop", *gallery], env=environment, capture_output=True)
        return ours, theirs, memory

    many = ["-n", "15", "--format", "b64_json", "--stream"]
    for name, options, most in [("15 x 8 MB in one reply", many + ["off"], 48),
                                ("15 x 8 MB in a stream", many + ["on"], 48),
                                ("14 references of 10 MB", references, 64)]:
        inline = options is not references
        ours, theirs, memory = generate(name.replace(" ", "-"), options, 9 if inline else 3)
        row(name + ", saved" * inline, median(ours), "ms",
            [("base64 -d and fsync", median(theirs))] if inline else [])
        if inline:
            ratios = sorted(one / other for one, other in zip(ours, theirs))
            print(f"  in {len(ratios)} rounds, each beside its peer {ratios[0]:5.2f} to {ratios[-1]:.2f} ×, "
                  f"median {median(ratios):.2f} ×, allowed 1.50 ×", flush=True)
        row("  most memory of the service", memory, "MB", [("allowed", most)])
    server.shutdown()
