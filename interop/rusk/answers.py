"""HTTP questions to nodes of both kinds. No answer within the time is None, like a node that is not there yet."""
import http.client
import json

TIMEOUT = 10


def ask(host_port, method, path, body=None, headers=None, timeout=TIMEOUT):
    """Status and body; (0, reason) where nobody answers."""
    connection = http.client.HTTPConnection(host_port, timeout=timeout)
    try:
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return response.status, response.read()
    except (OSError, http.client.HTTPException) as error:
        return 0, str(error).encode()
    finally:
        connection.close()


def json_of(host_port, method, path, body=None, headers=None):
    status, content = ask(host_port, method, path, body, headers)
    if status != 200:
        return None
    try:
        return json.loads(content)
    except ValueError:
        return None


def graphql(host_port, query):
    """What a Rust node answers to a query."""
    answer = json_of(host_port, "POST", "/on/graphql/query", query)
    return None if answer is None or "errors" in answer else answer


def propagate(host_port, transaction):
    """Hands a transaction to a node: status, text."""
    status, body = ask(host_port, "POST", "/on/transactions/propagate", transaction,
                       {"Content-Type": "application/octet-stream"}, timeout=30)
    return status, body.decode(errors="replace")
