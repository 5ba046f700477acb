"""The one case model: rules, rows, named queries and the verbs that change them."""
