"""How figures are made and printed."""
import pathlib, re, statistics


def median(values):
    return statistics.median(values)


def row(name, value, unit, peers=()):
    line = f"{name:<34}{value:>9.2f} {unit:<6}"
    for peer, other in peers:
        line += f"  {value / other:6.2f} × {peer} ({other:.2f})"
    print(line, flush=True)


def peak_megabytes(process):
    """The most a process has ever had resident, proc_pid_status(5)."""
    return int(re.search(r"VmHWM:\s+(\d+)", pathlib.Path(f"/proc/{process}/status").read_text())[1]) / 1024
