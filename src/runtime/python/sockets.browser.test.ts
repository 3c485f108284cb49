import { expect, test } from 'vitest';
import { inPythonTwice } from '../fixtures/twice.fixture.ts';

const { printed } = inPythonTwice();

test('streams in pairs, by name and by port; descriptors that are sent; errors as on Linux', async () => {
  expect(
    await printed(`
import socket, os, threading, array, stat, select
a, b = socket.socketpair()
print(a.family, a.type, a.proto, a.getsockname(), a.getpeername())
a.sendall(b'hello'); print(b.recv(3), b.recv(10))
b.settimeout(0.1)
try: b.recv(1)
except OSError as e: print(type(e).__name__, e)
b.setblocking(False)
try: b.recv(1)
except OSError as e: print(type(e).__name__, e)
print(select.select([b], [b], [], 0) == ([], [b], []))
r, w = os.pipe()
socket.send_fds(a, [b'x'], [w])
msg, fds, flags, addr = socket.recv_fds(b, 1, 4)
print(msg, len(fds), flags, addr)
os.close(w)
os.write(fds[0], b'through'); os.close(fds[0])
print(os.read(r, 100), os.read(r, 100))
a.shutdown(socket.SHUT_WR); print(b.recv(1))
b.send(b'back'); print(a.recv(9))
b.close()
try: a.send(b'x')
except OSError as e: print(type(e).__name__, e)
a.close()
try: a.send(b'x')
except OSError as e: print(type(e).__name__, e)
server = socket.socket(socket.AF_UNIX)
try: os.unlink('name')
except OSError: pass
try: socket.socket(socket.AF_UNIX).connect('name')
except OSError as e: print(type(e).__name__, e)
server.bind('name')
try: socket.socket(socket.AF_UNIX).bind('name')
except OSError as e: print(type(e).__name__, e)
try: socket.socket(socket.AF_UNIX).connect('name')
except OSError as e: print(type(e).__name__, e)
server.listen()
print(server.getsockname(), stat.S_ISSOCK(os.stat('name').st_mode))
def client():
    with socket.socket(socket.AF_UNIX) as s:
        s.connect('name')
        print(repr(s.getsockname()), s.getpeername())
        f = s.makefile('rwb')
        f.write(b'line 1\\nline 2\\n'); f.flush()
        print(f.readline())
        try: s.connect('name')
        except OSError as e: print(type(e).__name__, e)
        f.close()
t = threading.Thread(target=client); t.start()
c, addr = server.accept()
f = c.makefile('rw'); print(f.readline(), f.readline()); f.write('answer\\n'); f.flush()
t.join(); print(repr(addr))
print(f.readline() == '')
f.close(); c.close(); server.close(); os.unlink('name')
tcp = socket.create_server(('localhost', 0))
port = tcp.getsockname()[1]
def talk():
    with socket.create_connection(('localhost', port)) as s: s.sendall(b'tcp' * 50000)
t = threading.Thread(target=talk); t.start()
c, addr = tcp.accept(); print(addr[0])
n = 0
while data := c.recv(100000): n += len(data)
print(n); t.join(); c.close(); tcp.close()
try: socket.create_connection(('localhost', port))
except OSError as e: print(type(e).__name__, e)
try: socket.socket().recv(1)
except OSError as e: print(type(e).__name__, e)
try: socket.socket(socket.AF_UNIX).recv(1)
except OSError as e: print(type(e).__name__, e)
try: socket.socket(socket.AF_UNIX).send(b'1')
except OSError as e: print(type(e).__name__, e)
`),
  ).toBe(`
1 1 0  
b'hel' b'lo'
TimeoutError timed out
BlockingIOError [Errno 11] Resource temporarily unavailable
True
b'x' 1 0 None
b'through' b''
b''
b'back'
BrokenPipeError [Errno 32] Broken pipe
OSError [Errno 9] Bad file descriptor
FileNotFoundError [Errno 2] No such file or directory
OSError [Errno 98] Address already in use
ConnectionRefusedError [Errno 111] Connection refused
name True
'' name
line 1
 line 2

b'answer\\n'
OSError [Errno 106] Transport endpoint is already connected
''
True
127.0.0.1
150000
ConnectionRefusedError [Errno 111] Connection refused
OSError [Errno 107] Transport endpoint is not connected
OSError [Errno 22] Invalid argument
OSError [Errno 107] Transport endpoint is not connected
`);
});

test('pipes: both kinds, poll, end of file, broken pipe, a message longer than the pipe', async () => {
  expect(
    await printed(`
import multiprocessing as mp, os
from multiprocessing.connection import wait
def answers(connection):
    while True:
        try:
            value = connection.recv()
        except EOFError:
            break
        connection.send(value * 2)
    print('end of file')
def sends(writer, size):
    writer.send_bytes(bytes(size))
    writer.close()
if __name__ == '__main__':
    here, there = mp.Pipe()
    process = mp.Process(target=answers, args=(there,))
    process.start()
    there.close()
    for value in (21, 'ab', [1]):
        here.send(value)
        print(here.recv(), here.poll(), here.poll(0.1))
    here.close()
    process.join()
    reader, writer = mp.Pipe(duplex=False)
    print(reader.readable, reader.writable, writer.readable, writer.writable, reader.fileno(), writer.fileno())
    process = mp.Process(target=sends, args=(writer, 1_000_000))
    process.start()
    writer.close()
    print(wait([reader, process.sentinel]) == [reader])
    print(len(reader.recv_bytes()))
    process.join()
    try:
        reader.recv()
    except EOFError as error:
        print('EOFError', error)
    reader, writer = mp.Pipe(duplex=False)
    reader.close()
    try:
        writer.send(1)
    except OSError as error:
        print(type(error).__name__, error)
    try:
        reader.recv()
    except OSError as error:
        print(type(error).__name__, error)
    r, w = os.pipe()
    print(r, w)
    with open(w, 'w') as file:
        print('text', file=file)
    with os.fdopen(r) as file:
        print(file.read(), end='')
    try:
        os.read(r, 1)
    except OSError as error:
        print(error)
`),
  ).toBe(`
42 False False
abab False False
[1, 1] False False
end of file
True False False True 3 4
True
1000000
EOFError 
BrokenPipeError [Errno 32] Broken pipe
OSError handle is closed
3 4
text
[Errno 9] Bad file descriptor
`);
});
