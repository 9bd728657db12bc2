package state

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// FuzzJournal changes a good journal in every way a disk, a crash or a person could: what is read is always the
// beginning of what was written. Bytes that were never a journal are read without a panic, and what counts of them is
// what goes on after a resume.
func FuzzJournal(f *testing.F) {
	for kind := range uint8(8) {
		f.Add(kind, uint16(70), uint16(130), []byte("x"))
	}
	f.Add(uint8(8), uint16(0), uint16(0), []byte(`{"c":"00000000","r":1}`+"\n"))
	f.Add(uint8(8), uint16(0), uint16(0), appendLine(nil, checksum(0, []byte("1")), []byte("1")))
	path, want := writeJournal(f, 12)
	whole, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, kind uint8, a, b uint16, text []byte) {
		path := filepath.Join(t.TempDir(), "journal.jsonl")
		data := mutate(bytes.Clone(whole), kind, int(a), int(b), text)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		var read visited
		damage, err := ReadJournal(path, read.visit)
		if err != nil {
			t.Fatal(err)
		}
		n := len(read.records)
		if kind < 8 && (n > len(want.records) || !slices.Equal(read.records, want.records[:n])) {
			t.Fatalf("read records that were never written: %q", read.records)
		}
		if n > 0 && read.at[n-1] > int64(len(data)) {
			t.Errorf("position %d of %d bytes", read.at[n-1], len(data))
		}
		var resumed visited
		j, again, err := ResumeJournal(path, resumed.visit)
		if err != nil {
			t.Fatal(err)
		}
		if again != damage || !slices.Equal(resumed.records, read.records) {
			t.Errorf("ResumeJournal: %v, %d records; ReadJournal: %v, %d", again, len(resumed.records), damage, n)
		}
		appendRecords(t, j, &resumed, 1)
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		wantJournal(t, path, resumed, Damage{})
	})
}

// mutate changes a journal: kind says how, a and b where.
func mutate(data []byte, kind uint8, a, b int, text []byte) []byte {
	lines := bytes.SplitAfter(data, []byte("\n"))
	lines = lines[:len(lines)-1]
	i, k := a%len(lines), b%len(lines)
	switch kind {
	case 0: // cut off
		return data[:a%len(data)]
	case 1: // a bit is flipped
		data[a%len(data)] ^= 1 << (b % 8)
		return data
	case 2: // lines are missing
		return bytes.Join(slices.Delete(lines, min(i, k), max(i, k)), nil)
	case 3: // a line stands twice
		return bytes.Join(slices.Insert(lines, k, lines[i]), nil)
	case 4: // lines are exchanged
		lines[i], lines[k] = lines[k], lines[i]
		return bytes.Join(lines, nil)
	case 5: // something was written over it
		copy(data[a%len(data):], text)
		return data
	case 6: // something was written into it
		return slices.Insert(data, a%len(data), text...)
	case 7: // a part is missing
		x, y := a%len(data), b%len(data)
		return slices.Delete(data, min(x, y), max(x, y))
	}
	return text
}
