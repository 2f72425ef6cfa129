"""An FTP server made of pyftpdlib, for tests. Its one argument is the JSON file that pyftpdlib.ts writes."""

import json
import os
import sys

from pyftpdlib.authorizers import DummyAuthorizer
from pyftpdlib.handlers import FTPHandler, ThrottledDTPHandler
from pyftpdlib.servers import FTPServer

with open(sys.argv[1], encoding="utf-8") as file:
    config = json.load(file)


def make_tls_handler(tls):
    from OpenSSL import SSL
    from pyftpdlib.handlers import TLS_DTPHandler, TLS_FTPHandler

    class ImplicitTlsHandler(TLS_FTPHandler):
        """TLS from the first byte, which pyftpdlib does not have by itself."""

        def handle(self):
            self.secure_connection(self.ssl_context)

        def handle_ssl_established(self):
            FTPHandler.handle(self)

        def ftp_AUTH(self, line):
            self.respond("503 Already using TLS.")

    handler = ImplicitTlsHandler if config["implicit"] else TLS_FTPHandler
    handler.certfile, handler.keyfile = tls["certificatePath"], tls["keyPath"]
    handler.tls_control_required = handler.tls_data_required = tls["isRequired"]
    context = handler.get_ssl_context()
    number = {"1.2": SSL.TLS1_2_VERSION, "1.3": SSL.TLS1_3_VERSION}
    context.set_min_proto_version(number[min(config["tlsVersions"])])
    context.set_max_proto_version(number[max(config["tlsVersions"])])
    context.set_session_id(b"portside")
    handler.ssl_context = TLS_DTPHandler.ssl_context = context
    return handler


handler = make_tls_handler(config["tls"]) if config["tls"] else FTPHandler
handler.authorizer = DummyAuthorizer()
handler.authorizer.add_user(config["user"], config["password"], config["root"], perm="elradfmwMT")
handler.passive_ports = range(config["passive"][0], config["passive"][1] + 1)
handler.use_gmt_times = True
handler.auth_failed_timeout = 0.2
if config["maxBytesPerSecond"] and not config["tls"]:
    handler.dtp_handler = ThrottledDTPHandler
    handler.dtp_handler.read_limit = handler.dtp_handler.write_limit = config["maxBytesPerSecond"]

server = FTPServer((config["host"], config["port"]), handler)
if config["maxSessions"]:
    server.max_cons = config["maxSessions"] + 1  # it counts its own listening socket too

os.umask(0o022)
os.setgroups([])
os.setgid(config["gid"])
os.setuid(config["uid"])
server.serve_forever()
