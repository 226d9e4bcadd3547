"""What the one box finds as one types: topics, passages, articles, case codes; each with its score and why."""
