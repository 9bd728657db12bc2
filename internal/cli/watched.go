package cli

import (
	"io"
	"sync"
)

// watched is stdout: what could not be written to it is not lost without a word, whoever wrote it.
type watched struct {
	to io.Writer

	mu  sync.Mutex
	err error // the first one
}

// Write writes p.
func (w *watched) Write(p []byte) (int, error) {
	n, err := w.to.Write(p)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err == nil {
		w.err = err
	}
	return n, err
}

// failed is why something could not be written, nil if all was.
func (w *watched) failed() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}
