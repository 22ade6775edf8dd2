"""Servers of the bench: each listens when its block begins, and is gone when it ends."""
import contextlib, os, pathlib, signal, socket, subprocess, sys, time

# What nginx does by itself, but for its directories.
NGINX = """
daemon off; pid {scratch}/{name}.pid; error_log {scratch}/{name}.log;
events {{ }}
http {{
  access_log {log};
  client_body_temp_path {scratch}/{name}; proxy_temp_path {scratch}/{name}; fastcgi_temp_path {scratch}/{name};
  uwsgi_temp_path {scratch}/{name}; scgi_temp_path {scratch}/{name};
  {upstream}
  server {{ listen 127.0.0.1:{port}; location / {{ {location} }} }}
}}
"""


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@contextlib.contextmanager
def child(argv, port, environment, log):
    with open(log, "a") as narration:
        process = subprocess.Popen(argv, env=environment, stdin=subprocess.DEVNULL, stdout=narration, stderr=narration)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            if process.poll() is not None:
                sys.exit(f"bench: {argv[0]} ended at once: {pathlib.Path(log).read_text()}")
            time.sleep(0.05)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()


@contextlib.contextmanager
def nginx(scratch, name, location, upstream="", log="off"):
    """The port of an nginx with one place."""
    port, conf = free_port(), pathlib.Path(scratch, f"{name}.conf")
    conf.write_text(NGINX.format(**locals()))
    with child(["nginx", "-c", str(conf), "-p", scratch], port, os.environ, f"{scratch}/{name}.said"):
        yield port


@contextlib.contextmanager
def darkroom_serve(darkroom, address, environment, scratch):
    """The gateway in front of an address of the vendor's kind: its process and its port."""
    port = free_port()
    environment = environment | {"ARK_API_KEY": "a-key-of-the-bench"}
    argv = [darkroom, "serve", "--provider", "ark", "--base-url", address, "--listen", f"127.0.0.1:{port}"]
    with child(argv, port, environment, f"{scratch}/darkroom.said") as process:
        yield process, port
