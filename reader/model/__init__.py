"""What things are: documents, anchors, annotations, tags, changes. Standard library only."""
