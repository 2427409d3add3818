"""The administration: for those who keep the server, and nothing at all for everyone else."""

import pytest

from mesange.core.accounts.model import UserRole
from mesange.edges.pages.admin.routes import SCREENS
from mesange.kit.server import Server
from tests.edges.reader import Reader, create


async def new_staff(server: Server, name: str, role: UserRole, language: str = "en") -> Reader:
    """Somebody with a role, signed in."""
    user, _account, _viewer = await create(server, name)
    async with server.db.transaction() as tx:
        await tx.execute("UPDATE users SET role = ? WHERE id = ?", role.value, user.id)
    staff = Reader(server, language)
    await staff.sign_in(name)
    return staff


READ = [path for path, screen in SCREENS.items() if screen.read and ":" not in path]


@pytest.mark.parametrize("path", READ)
async def test_admin_pages_do_not_exist_for_others(alma: Reader, reader: Reader, path: str) -> None:
    await alma.open(path)
    assert alma.page.status_code == 404
    await reader.open(path)
    assert reader.page.url.path == "/sign-in"


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_staff_see_the_sections_of_their_role(server: Server, language: str) -> None:
    owner = await new_staff(server, "rosa", UserRole.OWNER, language)
    for path, screen in SCREENS.items():
        if screen.read and ":" not in path:
            await owner.open(path)
            assert owner.page.status_code == 200, (path, owner.text)
            assert owner.soup.select_one(".admin-menu a[aria-current]"), path
