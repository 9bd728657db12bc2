package state

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"
)

func TestStream(t *testing.T) {
	open := func(r io.Reader) func() (io.ReadCloser, error) {
		return func() (io.ReadCloser, error) { return io.NopCloser(r), nil }
	}
	text := strings.Repeat("a,b\n", 300_000)
	if got, err := io.ReadAll(newStream(t.Context(), open(strings.NewReader(text)), maxStream)); err != nil || string(got) != text {
		t.Errorf("%d bytes, %v", len(got), err)
	}
	if _, err := io.ReadAll(newStream(t.Context(), open(strings.NewReader(text)), 1<<20)); !errors.Is(err, ErrEndless) {
		t.Errorf("what goes on: %v", err)
	}
	broken := errors.New("broken")
	if _, err := io.ReadAll(newStream(t.Context(), func() (io.ReadCloser, error) { return nil, broken }, maxStream)); !errors.Is(err, broken) {
		t.Errorf("what cannot be opened: %v", err)
	}
}

// TestStreamEnds: a pipe that nobody opens or writes to ends with the context.
func TestStreamEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		stop, hang := errors.New("stop"), make(chan struct{})
		ctx, cancel := context.WithCancelCause(t.Context())
		s := newStream(ctx, func() (io.ReadCloser, error) { <-hang; return nil, io.EOF }, maxStream)
		go func() { synctest.Wait(); cancel(stop) }()
		if _, err := io.ReadAll(s); !errors.Is(err, stop) {
			t.Errorf("error %v", err)
		}
		close(hang)
	})
}
