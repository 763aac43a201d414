"""The engine for several machines: an Elasticsearch or OpenSearch cluster."""

from search.engines.cluster.engine import ClusterEngine

__all__ = ["ClusterEngine"]
