"""`mesange serve`."""

import gc
import socket
import sys
from typing import Annotated

import typer

from mesange.cli.running import DataOption, fail, migrated
from mesange.kit.settings import Settings, read_settings

STOP_SECONDS = 5
BACKLOG = 2_048


def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on.")] = None,
    data: DataOption = None,
) -> None:
    """Serve: web, consumers and jobs in one process, until it is stopped."""
    from mesange.kit import logging
    from mesange.kit.errors import MesangeError
    from mesange.kit.lock import AlreadyServing, DataLock

    settings = read_settings(host=host, port=port, data=data)
    logging.configure(settings.log_level)
    lock = DataLock(settings.data)
    try:
        lock.take()
        _run(settings)
    except AlreadyServing as refusal:
        fail(str(refusal))
    except MesangeError as error:
        fail(error.public_text)


def _run(settings: Settings) -> None:
    import uvloop

    uvloop.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    import uvicorn

    from mesange.cli.stopping import StreamEndingServer
    from mesange.core.accounts.actions.users import offer_owner_link
    from mesange.kit.web.heads import BoundedHeads
    from mesange.kit.web.wire import write_at_once
    from mesange.main import build_app, open_server, start

    listening = _listening_on(settings)
    async with open_server(settings) as server:
        await migrated(server)
        await start(server)
        if secret := await offer_owner_link(server):
            link = f"{settings.public_origin}/owner/{secret}"
            _tell(f"This server has no owner yet. Create the owner here, once:\n\n  {link}\n")
        config = uvicorn.Config(
            build_app(server, write_at_once),
            host=settings.host,
            port=settings.port,
            loop="none",
            http=BoundedHeads,
            ws="websockets-sansio",
            ws_max_size=65_536,
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=True,
            proxy_headers=bool(settings.trusted_proxies),
            forwarded_allow_ips=list(settings.trusted_proxies),
            backlog=BACKLOG,
            timeout_keep_alive=65,
            timeout_graceful_shutdown=STOP_SECONDS,
        )
        _spare_the_collector()
        _tell(f"{settings.title} serves on {settings.public_origin}")
        await StreamEndingServer(config, server.live.close_all).serve([listening])


def _listening_on(settings: Settings) -> socket.socket:
    """Taken before anything else is done, so that a second server on the port changes nothing."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=BACKLOG)
    except OSError as error:
        fail(f"cannot listen on {settings.host}, port {settings.port}: {error.strerror}. Choose another with --port.")


def _spare_the_collector() -> None:
    """What is loaded by now stays: walking through it again and again would stop everyone for ten milliseconds."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _tell(sentence: str) -> None:
    sys.stdout.write(sentence + "\n")
    sys.stdout.flush()
