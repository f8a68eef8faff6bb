"""What the workspace's filter finds, drawn: tags by document, tags together, marks per week."""
