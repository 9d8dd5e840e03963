"""Networks that other libraries hold: SciPy, networkx and igraph.

Nothing of theirs is imported: whoever has such a graph has the library, and it is asked in its own
words. Each answers with plain arrays, which `ripple.ties` looks over.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from ripple.errors import BadNetwork

Columns = tuple[NDArray[np.int64], NDArray[np.int64], int]


def rows_of_scipy(matrix: Any) -> tuple[NDArray[Any], NDArray[Any]]:
    """Give the compressed rows of a SciPy sparse matrix; what is not 0 in it is a tie.

    Raises:
        BadNetwork: It is no sparse matrix, or not square.
    """
    if not hasattr(matrix, "tocsr"):
        raise BadNetwork(
            f"{type(matrix).__name__} is no SciPy sparse matrix; wrap it in scipy.sparse.csr_array."
        )
    rows = matrix.tocsr(copy=True)
    if rows.shape[0] != rows.shape[1]:
        raise BadNetwork(
            f"the matrix has the shape {rows.shape}; give one row and one column a person."
        )
    rows.sum_duplicates()
    rows.eliminate_zeros()
    return rows.indptr, rows.indices


def ties_of_networkx(graph: Any) -> Columns:
    """Give the ties of a networkx graph; person i is the i-th of its nodes.

    Raises:
        BadNetwork: It is no networkx graph, or is directed.
    """
    if not hasattr(graph, "number_of_nodes"):
        raise BadNetwork(f"{type(graph).__name__} is no networkx graph; give a networkx.Graph.")
    if graph.is_directed():
        raise BadNetwork("the graph is directed; take graph.to_undirected() if ties go both ways.")
    number = {node: at for at, node in enumerate(graph)}
    ends = (number[end] for edge in graph.edges() for end in edge)
    flat = np.fromiter(ends, dtype=np.int64, count=2 * graph.number_of_edges())
    return flat[::2], flat[1::2], len(number)


def ties_of_igraph(graph: Any) -> Columns:
    """Give the ties of an igraph graph, by the numbers of its vertices.

    Raises:
        BadNetwork: It is no igraph graph, or is directed.
    """
    if not hasattr(graph, "vcount"):
        raise BadNetwork(f"{type(graph).__name__} is no igraph graph; give an igraph.Graph.")
    if graph.is_directed():
        raise BadNetwork("the graph is directed; take graph.as_undirected() if ties go both ways.")
    pairs = np.array(graph.get_edgelist(), dtype=np.int64).reshape(-1, 2)
    return pairs[:, 0], pairs[:, 1], graph.vcount()
