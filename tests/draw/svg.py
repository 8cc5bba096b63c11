"""Reading a picture's SVG: the tests look at its cells, arrows and words, never at its bytes."""

from __future__ import annotations

from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"


def root(picture):
    """The picture's SVG as an element."""
    return ElementTree.fromstring(picture.svg)


def classes(element):
    return set((element.get("class") or "").split())


def groups(picture, *kinds):
    """The groups that have all these classes."""
    return [each for each in root(picture).iter(f"{SVG}g") if set(kinds) <= classes(each)]


def texts(picture, *kinds):
    """What stands in the cells that have all these classes: the first text of each."""
    return [each.find(f"{SVG}text").text for each in groups(picture, *kinds) if each.find(f"{SVG}text") is not None]


def arrows(picture, *kinds):
    """The shafts of the arrows that have all these classes."""
    return [each for each in root(picture).iter(f"{SVG}path") if {"mg-arrow", *kinds} <= classes(each)]


def words(picture):
    """Everything that a reader can read in it, each text once."""
    return [each.text or "" for each in root(picture).iter(f"{SVG}text")]
