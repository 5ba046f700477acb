"""Benchmarks: what the product does per second, each figure beside its limit or its peer.

Run by `make bench`. Figures of different machines do not compare; ratios within one run do, so
whatever a figure is compared with is measured in the same run wherever that is possible.
"""
