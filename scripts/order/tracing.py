"""Which functions a program enters, in the order in which it enters each for the first time; ptrace(2), x86-64."""
import bisect, ctypes, os, re, signal, subprocess, sys

TRACEME, CONT, GETREGS, SETREGS, DETACH, SETOPTIONS = 0, 7, 12, 13, 17, 0x4200
# Threads, children and what they execute are told of; all end with the tracer.
OPTIONS = 0x2 | 0x4 | 0x8 | 0x10 | 0x100000
EXECUTED = 4
BREAK = b"\xcc"
ALL_CHILDREN = 0x40000000


class Registers(ctypes.Structure):
    """user_regs_struct of sys/user.h."""
    _fields_ = [(name, ctypes.c_ulonglong) for name in (
        "r15 r14 r13 r12 rbp rbx r11 r10 r9 r8 rax rcx rdx rsi rdi orig_rax rip cs eflags rsp ss fs_base gs_base ds es "
        "fs gs").split()]


libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
libc.ptrace.restype = ctypes.c_long


def functions(program):
    """Names by address, as the program's own symbols have them."""
    found = {}
    listed = subprocess.run(["readelf", "-sW", program], capture_output=True, text=True, check=True).stdout
    for line in listed.splitlines():
        match = re.match(r"\s*\d+:\s+([0-9a-f]+)\s+\S+\s+FUNC\s+\S+\s+\S+\s+\d+\s+(\S+)", line)
        if match and int(match[1], 16):
            found.setdefault(int(match[1], 16), []).append(match[2].split("@")[0])
    return found


def trace(argv, path):
    """Runs a program and writes the names of the functions that it enters, one a line."""
    names = functions(argv[0])
    process = os.fork()
    if process == 0:
        libc.ptrace(TRACEME, 0, None, None)
        os.execv(argv[0], argv)
    os.waitpid(process, 0)
    libc.ptrace(SETOPTIONS, process, None, OPTIONS)
    with open(f"/proc/{process}/maps") as maps:
        base = next(int(line.split("-")[0], 16) for line in maps if line.rstrip().endswith(os.path.realpath(argv[0])))
    addresses = sorted(names)
    first, last = addresses[0], addresses[-1] + 1
    with open(f"/proc/{process}/mem", "r+b", buffering=0) as memory:
        memory.seek(base + first)
        code = memory.read(last - first)
        broken = bytearray(code)
        for address in addresses:
            broken[address - first] = BREAK[0]
        memory.seek(base + first)
        memory.write(broken)
    entered = {}
    libc.ptrace(CONT, process, None, None)
    while True:
        child, status = os.waitpid(-1, ALL_CHILDREN)
        if not os.WIFSTOPPED(status):
            if child == process:
                break
            continue
        passed, event = os.WSTOPSIG(status), status >> 16
        if passed == signal.SIGTRAP and event == EXECUTED:
            # Another program, without marks.
            libc.ptrace(DETACH, child, None, None)
            continue
        if passed == signal.SIGTRAP and not event:
            registers = Registers()
            libc.ptrace(GETREGS, child, None, ctypes.addressof(registers))
            address = registers.rip - 1 - base
            place = bisect.bisect_left(addresses, address)
            if place < len(addresses) and addresses[place] == address:
                with open(f"/proc/{child}/mem", "r+b", buffering=0) as memory:
                    memory.seek(base + address)
                    memory.write(code[address - first:address - first + 1])
                registers.rip -= 1
                libc.ptrace(SETREGS, child, None, ctypes.addressof(registers))
                entered[address] = True
                passed = 0
        elif event or passed == signal.SIGSTOP:
            passed = 0
        libc.ptrace(CONT, child, None, passed)
    with open(path, "w") as file:
        for address in entered:
            file.writelines(name + "\n" for name in names[address])


if __name__ == "__main__":
    trace(sys.argv[2:], sys.argv[1])
