"""The thorough tests (8,000 more random programs, a million operations) run only when they are asked for."""


def pytest_collection_modifyitems(config, items):
    if "thorough" in config.option.markexpr:
        return
    left_out = [item for item in items if item.get_closest_marker("thorough")]
    items[:] = [item for item in items if not item.get_closest_marker("thorough")]
    config.hook.pytest_deselected(items=left_out)
