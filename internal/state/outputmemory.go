package state

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"
)

const (
	// outputsName is the file that remembers the outputs, below a root.
	outputsName = "outputs.json"

	// maxOutputs is how many outputs are remembered, the newest; a file that was forgotten counts as changed.
	maxOutputs = 1000
)

// contentSum identifies a content. The zero value is no content.
type contentSum struct {
	Size   int64  `json:"size_bytes"`
	SHA256 string `json:"sha256"`
}

func sumContent(path string) (contentSum, error) {
	f, err := os.Open(path)
	if err != nil {
		return contentSum{}, err
	}
	defer f.Close()
	sum := sha256.New()
	size, err := io.Copy(sum, f)
	return contentSum{size, hex.EncodeToString(sum.Sum(nil))}, err
}

// written is an output that is remembered.
type written struct {
	Path string     `json:"path"`
	Kind OutputKind `json:"kind"`
	contentSum
	Time time.Time `json:"written"`
}

// outputsFile is the content of the memory.
type outputsFile struct {
	Outputs []written `json:"outputs"` // the oldest first
}

func (s *Outputs) file() string { return filepath.Join(s.root, outputsName) }

// read returns what is remembered. A memory that cannot be read remembers nothing: then files count as changed.
func (s *Outputs) read() []written {
	if s.root == "" {
		return nil
	}
	var known outputsFile
	data, err := os.ReadFile(s.file())
	if err == nil {
		err = json.Unmarshal(data, &known)
	}
	if err != nil {
		return nil
	}
	return known.Outputs
}

// remember adds an output, and forgets the oldest. Of one path the last two are known: which of them is there is not
// certain if the process ends now. The lock must be held.
func (s *Outputs) remember(o *Output, content contentSum) error {
	e := written{Path: resolvedPath(o.path), Kind: o.Kind, contentSum: content, Time: s.now().UTC().Truncate(time.Second)}
	known, same := s.read(), 0
	for i, past := range slices.Backward(known) {
		if past.Path != e.Path {
			continue
		}
		if same++; same > 1 || past.contentSum == content {
			known = slices.Delete(known, i, i+1)
		}
	}
	return s.write(append(known, e))
}

// write replaces what is remembered.
func (s *Outputs) write(known []written) error {
	data, err := json.MarshalIndent(outputsFile{known[max(0, len(known)-maxOutputs):]}, "", "  ")
	if err != nil {
		return fmt.Errorf("encode outputs: %w", err)
	}
	f, err := CreateFile(s.file(), 0o600)
	if err != nil {
		return err
	}
	defer f.Abort()
	if _, err := f.Write(append(data, '\n')); err != nil {
		return fmt.Errorf("write file %q: %w", s.file(), Cause(err))
	}
	return f.Commit()
}

// lock keeps other processes from placing files. Where it cannot be had, files are placed all the same, and nothing is
// remembered.
func (s *Outputs) lock() (unlock func(), err error) {
	if s.root == "" {
		return func() {}, errors.New("there is no folder to remember it in")
	}
	if err := MakeFolder(s.root); err != nil {
		return func() {}, err
	}
	lock := NewLock(s.file() + LockEnding)
	if err := LockBriefly(context.Background(), lock); err != nil { // files are placed after an interruption too
		return func() {}, fmt.Errorf("lock file %q: %w", s.file(), Cause(err))
	}
	return func() { _ = lock.Close() }, nil
}
