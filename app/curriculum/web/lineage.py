"""The tree of a curriculum's editions, drawn and in words."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.curriculum.lineage_layout import Node, climbing, nest, upright
from app.curriculum.queries import lineage as queries
from app.infra.i18n import region_name
from app.people.login import current_actor
from app.web.pages import public

from . import bp


@bp.get("/<slug>/lineage")
@public
def lineage(slug: str) -> ResponseReturnValue:
    """Show where each edition comes from, how far it is behind and how much of it is its own."""
    tree = queries.tree(current_actor(), slug)
    nodes = [
        Node(
            id=node.edition.id,
            parent=node.parent_id,
            title=region_name(node.region),
            version=node.version or "",
            blocks=node.blocks,
            lag=node.lag,
            counts=node.counts,
        )
        for node in tree
    ]
    here = next((node.edition.id for node in tree if node.region == request.args.get("here")), None)
    return render_template(
        "curriculum/lineage.html",
        edition=tree[0].edition,
        wide=upright(nodes),
        tall=climbing(nodes),
        nested=nest(nodes),
        links={node.edition.id: url_for("curriculum.edition", slug=slug, region=node.region) for node in tree},
        here=here,
        behind=sum(node.lag > 0 for node in tree),
    )
