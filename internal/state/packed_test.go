package state

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func gzipped(t *testing.T, text string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestUnpacked(t *testing.T) {
	text := strings.Repeat("a,b\n", 10_000)
	packed := gzipped(t, text)
	damaged := packed[:len(packed)-6] + "\x00\x00" + packed[len(packed)-4:]
	for _, tt := range []struct {
		name, in, want, err string
	}{
		{"plain", text, text, ""},
		{"empty", "", "", ""},
		{"two bytes", "a\n", "a\n", ""},
		{"packed", packed, text, ""},
		{"one after the other, as cat joins them", packed + gzipped(t, "c,d\n"), text + "c,d\n", ""},
		{"cut short", packed[:len(packed)/2], "", "it is compressed (gzip) and cut short"},
		{"damaged", damaged, "", "it is compressed (gzip) and damaged: gzip: invalid checksum"},
		{"only its beginning", gzipMagic, "", "it is compressed (gzip) and cut short"},
	} {
		in, err := unpacked(strings.NewReader(tt.in), maxStream)
		var got []byte
		if err == nil {
			got, err = io.ReadAll(in)
		}
		switch {
		case tt.err != "" && (err == nil || err.Error() != tt.err):
			t.Errorf("%s: error %v, want %s", tt.name, err, tt.err)
		case tt.err == "" && (err != nil || string(got) != tt.want):
			t.Errorf("%s: %d bytes, error %v", tt.name, len(got), err)
		}
	}
	for _, text := range []string{"", "a", packed} { // a source says only once that it has ended
		open := func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
		in, err := unpacked(newStream(t.Context(), open, maxStream), maxStream)
		if err == nil {
			_, err = io.Copy(io.Discard, in)
		}
		if err != nil {
			t.Errorf("%d bytes of a stream: %v", len(text), err)
		}
	}
	bomb, err := unpacked(strings.NewReader(packed), 100)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(io.Discard, bomb); !errors.Is(err, ErrEndless) {
		t.Errorf("what unpacks to more than may be copied: %v", err)
	}
}

func TestCopyInputUnpacks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "Leads.CSV.gz")
	if err := os.WriteFile(path, []byte(gzipped(t, "a,b\n1,2\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	if !IsPacked(path) || IsPacked(filepath.Dir(path)) || IsPacked(path+"x") {
		t.Error("IsPacked is wrong")
	}
	run := &Run{Dir: t.TempDir()}
	copied, size, sum, err := run.CopyInput(t.Context(), path)
	if err != nil || size != 8 || filepath.Base(copied) != "input.csv" {
		t.Fatalf("copied %s, %d bytes: %v", copied, size, err)
	}
	if err := CheckInput(copied, size, sum); err != nil {
		t.Error(err)
	}
}
