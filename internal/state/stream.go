package state

import (
	"context"
	"errors"
	"io"
	"io/fs"
)

// maxStream is how much is copied of what does not say how long it is, in bytes.
const maxStream = 5 << 30

// ErrEndless: a pipe goes on behind maxStream.
var ErrEndless = errors.New("it goes on after 5 GB")

// IsStream reports whether what is read is no file with an end of its own, but a pipe that somebody writes to.
func IsStream(mode fs.FileMode) bool { return mode&fs.ModeNamedPipe != 0 }

// IsDevice reports whether what is read is neither a file nor a pipe: a terminal, a disk, /dev/zero, a socket.
func IsDevice(mode fs.FileMode) bool { return mode&(fs.ModeDevice|fs.ModeSocket|fs.ModeIrregular) != 0 }

// stream reads what may block for ever, as a pipe does without a writer: it ends with its context.
type stream struct {
	ctx    context.Context
	chunks chan chunk
	rest   []byte
	left   int64
	err    error // that it ended with
}

type chunk struct {
	bytes []byte
	err   error
}

// newStream opens a source, which may block too, and reads at most so many bytes of it. A read that blocks is left behind
// when ctx ends, as nothing can end it.
func newStream(ctx context.Context, open func() (io.ReadCloser, error), most int64) *stream {
	s := &stream{ctx: ctx, chunks: make(chan chunk), left: most}
	go s.pump(open)
	return s
}

func (s *stream) pump(open func() (io.ReadCloser, error)) {
	in, err := open()
	if err == nil {
		defer in.Close()
	}
	for err == nil {
		c := chunk{bytes: make([]byte, 256<<10)}
		var n int
		n, err = in.Read(c.bytes)
		if c.bytes = c.bytes[:n]; n > 0 && !s.send(c) {
			return
		}
	}
	s.send(chunk{err: err})
}

func (s *stream) send(c chunk) bool {
	select {
	case s.chunks <- c:
		return true
	case <-s.ctx.Done():
		return false
	}
}

// Read returns the cause why the context ended, or ErrEndless.
func (s *stream) Read(p []byte) (int, error) {
	for len(s.rest) == 0 {
		if s.err != nil {
			return 0, s.err
		}
		select {
		case c := <-s.chunks:
			if c.err != nil {
				s.err = c.err // nothing more comes
				return 0, c.err
			}
			if s.left -= int64(len(c.bytes)); s.left < 0 {
				return 0, ErrEndless
			}
			s.rest = c.bytes
		case <-s.ctx.Done():
			return 0, context.Cause(s.ctx)
		}
	}
	n := copy(p, s.rest)
	s.rest = s.rest[n:]
	return n, nil
}
