# SPDX-License-Identifier: MulanPSL-2.0
"""A real SMTP server on a free port of this machine, for mail_test.c. First line on standard output: the port. Then each
mail taken: its envelope and its bytes as one JSON line. A recipient that begins with "no" is refused for good, "later" for now."""
import asyncio, json, sys
from aiosmtpd.smtp import SMTP, AuthResult

known = []  # who has signed in since the last mail


class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith('no'):
            return '550 no such mailbox'
        if address.startswith('later'):
            return '451 try again later'
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        print(json.dumps({'from': envelope.mail_from, 'to': envelope.rcpt_tos, 'login': known[:],
                          'data': envelope.content.decode('ascii')}), flush=True)
        known.clear()
        return '250 taken'


def sign_in(server, session, envelope, mechanism, data):
    good = data.password == b'open sesame'
    if good:
        known.append(data.login.decode())
    return AuthResult(success=good, handled=False)


async def main():
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(Handler(), authenticator=sign_in, auth_require_tls=False), '127.0.0.1', 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
