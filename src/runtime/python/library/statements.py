"""Where statements begin. CPython has an event for every line that its flow comes to: for a statement of several lines that is more
than one, and for a loop that stands in one line it is one for all its rounds.
"""

import ast

_ANONYMOUS = {'<lambda>', '<genexpr>', '<listcomp>', '<setcomp>', '<dictcomp>'}


class Statements:
    """The statements of one file."""

    def __init__(self, tree):
        self._owners = {}
        """Line → first line of the statement that it belongs to; what stands in a body is a statement of its own."""
        self.rounds = set()
        """Lines of loops whose body stands in the same line."""
        first = tree.body[0] if tree.body else None
        docstring = first if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) else None
        # Outer ones come first.
        for node in ast.walk(tree):
            if isinstance(node, (ast.stmt, ast.ExceptHandler, ast.match_case)) and node is not docstring:
                self._note(node)

    def _note(self, node):
        body = getattr(node, 'body', None)
        start = node.pattern.lineno if isinstance(node, ast.match_case) else node.lineno
        decorators = getattr(node, 'decorator_list', None)
        if decorators:
            start = decorators[0].lineno
        end = node.end_lineno if hasattr(node, 'end_lineno') else start
        if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
            end = max(start, body[0].lineno - 1)
            if isinstance(node, (ast.For, ast.AsyncFor, ast.While)) and body[0].lineno == node.lineno:
                self.rounds.add(node.lineno)
        for line in range(start, end + 1):
            self._owners[line] = start

    def between(self, code):
        """
        For events of lines: offsets in this code where a statement begins in another line than its first → that line, and those where
        its flow comes back to the first line of one that it has never left → 0; and all lines in which none begins.
        """
        begun, others = {}, {0}
        before = None
        for start, _end, line in code.co_lines():
            if line is None:
                continue
            owner = self._owners.get(line)
            if _is_class_body(code) and line == code.co_firstlineno:
                owner = None
            if owner != line:
                others.add(line)
                if owner is not None and owner != before:
                    begun[start] = owner
            elif owner == before:
                begun[start] = 0
            before = owner
        return begun, others if begun or len(others) > 1 else set()


def of_file(path):
    """None: it is no file, or none of Python."""
    try:
        with open(path, 'rb') as file:
            return Statements(ast.parse(file.read(), path))
    except (OSError, SyntaxError, ValueError):
        return None


def is_anonymous(code):
    """The body of an expression: no statement begins in it."""
    return code.co_name in _ANONYMOUS


def _is_class_body(code):
    # CO_OPTIMIZED: a function.
    return not code.co_flags & 1 and code.co_name != '<module>'
