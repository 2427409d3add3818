"""Writing, marking and mending from the pages, as plain forms and as pieces of a page."""

from tests.edges.reader import Reader, digest


async def write(reader: Reader, text: str, **more: str) -> str:
    """The id of the new post."""
    await reader.open("/compose")
    await reader.send("/compose", text=text, **more)
    assert reader.page.status_code == 200, reader.text
    return str(reader.soup.select("article")[0]["data-status"])


async def test_a_post_stands_at_the_top_of_home_and_local(alma: Reader, reader: Reader) -> None:
    await write(alma, "Bonjour #LeCafé")
    assert "Your post is out." in alma.text
    assert "Bonjour" in alma.text
    await alma.open("/")
    assert "Your post is out." not in alma.text
    await reader.open("/local")
    assert [tag["href"] for tag in reader.soup.select(".post-text a")] == ["/tags/LeCaf%C3%A9"]


async def test_a_double_click_posts_once(alma: Reader) -> None:
    await alma.open("/compose")
    form = {"text": "Once", "once": "the same", "csrf": str(alma.soup.select("[name=csrf]")[0]["value"])}
    for _ in range(2):
        await alma.http.post("/compose", data=form)
    await alma.open("/")
    assert len(alma.soup.select("article")) == 1


async def test_what_is_too_long_is_kept_and_said(leo: Reader) -> None:
    await leo.open("/compose")
    await leo.send("/compose", text="x" * 141, spoiler_text="Fin")
    assert leo.page.status_code == 422
    assert "C’est trop long. Retirez quelques signes." in leo.text
    assert leo.soup.select("textarea")[0].get_text() == "x" * 141
    assert leo.soup.select("[name=spoiler_text]")[0]["value"] == "Fin"


async def test_a_reply_names_whom_it_answers_and_joins_the_thread(alma: Reader, leo: Reader) -> None:
    root = await write(alma, "Qui vient ?")
    await leo.open(f"/compose?reply={root}")
    assert leo.soup.select("textarea")[0].get_text() == "@alma "
    await leo.send("/compose", text="@alma Moi !")
    assert leo.page.url.path.startswith("/@leo/")
    assert leo.soup.select(".thread article")[0]["data-status"] == root


async def test_marks_come_back_as_the_row_of_actions_or_as_the_page(alma: Reader, leo: Reader) -> None:
    post = await write(alma, "À marquer")
    await leo.open("/local")
    await leo.press(f"/statuses/{post}/favourite", **{"HX-Request": "true"})
    assert leo.soup.select(".act-favourite")[0]["aria-pressed"] == "true"
    assert not leo.soup.select("html")
    await leo.open("/local")
    await leo.press(f"/statuses/{post}/reblog")
    assert leo.page.url.path == "/local"
    assert leo.soup.select(".act-boost")[0]["aria-pressed"] == "true"
    await leo.press(f"/statuses/{post}/unfavourite")
    assert leo.soup.select(".act-favourite")[0]["aria-pressed"] == "false"
    await digest(alma.server)
    await alma.open("/notifications")
    assert "boosted your post" in alma.text


async def test_an_edit_keeps_its_history(alma: Reader) -> None:
    post = await write(alma, "Premiere version")
    await alma.open(f"/statuses/{post}/edit")
    await alma.send(f"/statuses/{post}/edit", text="Première version")
    await alma.open(f"/@alma/{post}/history")
    assert [version.get_text(strip=True) for version in alma.soup.select(".post-text")] == [
        "Première version",
        "Premiere version",
    ]


async def test_deleting_waits_for_a_yes_and_can_give_the_words_back(alma: Reader, leo: Reader) -> None:
    post = await write(alma, "À reprendre", spoiler_text="Essai")
    await leo.open(f"/statuses/{post}/delete")
    assert leo.page.status_code == 403
    await alma.open(f"/statuses/{post}/delete")
    assert "À reprendre" in alma.text
    alma.page = await alma.http.post(
        f"/statuses/{post}/redraft", data={"csrf": str(alma.soup.select("[name=csrf]")[0]["value"])}
    )
    assert alma.soup.select("textarea")[0].get_text() == "À reprendre"
    assert (await alma.open(f"/@alma/{post}")).status_code == 404


async def test_following_a_locked_account_asks_and_is_answered(alma: Reader, leo: Reader) -> None:
    await alma.open("/settings/profile")
    await alma.send("/settings/profile", locked="1")
    await leo.open("/@alma")
    follow = str(leo.soup.select("button[formaction$='/follow']")[0]["formaction"])
    await leo.press(follow, **{"HX-Request": "true"})
    assert "Demande envoyée" in leo.text
    await digest(alma.server)
    await alma.open("/notifications")
    assert "asks to follow you" in alma.text
    await alma.open("/follow_requests")
    accept = str(alma.soup.select("button[formaction$='/authorize']")[0]["formaction"])
    await alma.press(accept)
    await leo.open("/@alma")
    assert "Suivi" in leo.text


async def test_blocking_says_what_it_does_and_hides_both_ways(alma: Reader, leo: Reader) -> None:
    await write(leo, "Un mot de Léo")
    await alma.open("/@leo")
    block = str(alma.soup.select(".danger[href$='/block']")[0]["href"])
    await alma.open(block)
    assert "You will not see each other any more" in alma.text
    await alma.send(block)
    await alma.open("/local")
    assert "Un mot de Léo" not in alma.text
    await leo.open("/@alma")
    assert "Ces messages ne vous sont pas montrés" in leo.text
    await alma.open("/settings/hidden")
    await alma.press(str(alma.soup.select("[formaction$='/unblock']")[0]["formaction"]))
    assert "leo" not in alma.soup.select("main")[0].get_text()


async def test_after_ten_posts_by_another_account_one_is_asked(alma: Reader) -> None:
    await alma.open("/settings/accounts")
    await alma.send("/settings/accounts", username="la_mesange")
    for number in range(10):
        await write(alma, f"Piou {number}")
    await alma.send("/switch", account=str(alma.soup.select("form[action='/switch'] button")[0]["value"]))
    await alma.open("/compose")
    await alma.send("/compose", text="Une blague")
    assert "Your last posts were by @la_mesange. Is this one by @alma?" in alma.text
    assert alma.soup.select("textarea")[0].get_text() == "Une blague"
    await alma.send("/compose")
    assert "Your post is out." in alma.text
    await write(alma, "Encore")


async def test_what_is_asked_before_a_loss_is_a_page_and_for_a_script_a_dialog(alma: Reader) -> None:
    path = f"/statuses/{await write(alma, 'Of no use')}/delete"
    sheet = await alma.open(path, **{"HX-Request": "true"})
    assert alma.soup.select_one("dialog#asking form.sure") and "<html" not in sheet.text
    await alma.open(path)
    assert alma.soup.select_one("main form.sure blockquote") and "Delete this post?" in alma.text
    await alma.send(path)
    assert "The post is deleted." in alma.text
