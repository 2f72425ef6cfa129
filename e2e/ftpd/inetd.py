"""A very small inetd: starts a program for each connection, with the connection as its input and output.

inetd.py HOST PORT PRELOAD PROGRAM [ARGUMENT …]; PRELOAD is a library that only the program is given.
"""

import os
import signal
import socket
import sys

host, port, preload, *command = sys.argv[1:]
listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind((host, int(port)))
listener.listen(64)
signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the programs

while True:
    connection, _ = listener.accept()
    if os.fork() == 0:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # the program waits for children of its own
        for descriptor in (0, 1, 2):
            os.dup2(connection.fileno(), descriptor)
        listener.close()
        os.execve(command[0], command, {**os.environ, "LD_PRELOAD": preload})
    connection.close()
