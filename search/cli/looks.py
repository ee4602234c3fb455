"""The looks of the pages as the settings say, refused where a page could not be made with them."""

from __future__ import annotations

import importlib
from multiprocessing import get_context
from multiprocessing.connection import Connection

from index.messages import _
from index.settings import SettingError, Settings
from search.web.branding import Branding, broken_templates

REHEARSAL = "search.cli.rehearsing"
"""Makes every page once. A process of its own imports it; the one that minds the workers needs none of it."""

LONGEST_SECONDS = 60
"""How long making every page once may take; they are small, and it takes about two."""


def read_looks(settings: Settings) -> Branding:
    """What the settings say about the looks of the pages.

    :raises SettingError: if they name what cannot be used, or a template of the owner is broken.
    """
    branding = Branding.of(settings)
    if faults := template_faults(settings, branding):
        raise SettingError("\n".join(faults))
    return branding


def template_faults(settings: Settings, branding: Branding) -> list[str]:
    """One line for each template of the owner that cannot be read, or that a page cannot be made with."""
    if branding.templates is None or not branding.templates.is_dir():
        return []
    return list(broken_templates(branding.templates)) or _rehearsed(settings, branding)


def _rehearsed(settings: Settings, branding: Branding) -> list[str]:
    context = get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_rehearse, args=(sender, settings, branding), daemon=True)
    process.start()
    sender.close()
    try:
        if receiver.poll(LONGEST_SECONDS):
            return list(receiver.recv())
        return [
            _("{path}: halaman belum jadi sesudah {num} detik", path=branding.templates, num=LONGEST_SECONDS)
        ]
    except EOFError:  # it was killed, which says nothing about the templates
        return []
    finally:
        process.kill()
        process.join()
        receiver.close()


def _rehearse(sender: Connection, settings: Settings, branding: Branding) -> None:
    sender.send(importlib.import_module(REHEARSAL).faults(settings, branding))
