"""Pictures and widgets, drawn from a launch's trace or from a tensor."""
