package importer_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"crmferry/importer"
	"crmferry/importer/modes"
	"crmferry/internal/crm/cloverhound"
)

// TestBeforeImages: when an update leaves, the journal has what it changes as it was and as it will be, and nothing else; when
// a delete leaves, all of the contact.
func TestBeforeImages(t *testing.T) {
	f := newFake()
	f.seed(2)
	f.contacts[0].Description = "stays"
	path := filepath.Join(t.TempDir(), "journal.jsonl")
	onDisk := func() []byte {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Error(err)
		}
		return raw
	}
	var atUpdate, atDelete []byte
	f.fail = func(op string, _ int) error {
		switch op {
		case "update":
			atUpdate = onDisk()
		case "delete":
			atDelete = onDisk()
		}
		return nil
	}
	got := session(t, t.Context(), finds{creates: creates{f: f}}, writeFile(t, "Full name,Email", "Changed,known.0@example.com", "Known 1,known.1@example.com"), path, importer.Options{})
	if got.err != nil || f.calls["update"] != 1 {
		t.Fatal(got.err, f.calls)
	}
	images := imagesIn(t, atUpdate, "intent")
	want := []string{`{"full_name":"Known 0"}`, `{"full_name":"Changed"}`}
	if len(images) != 1 || !slices.EqualFunc(images[0], want, holds) {
		t.Errorf("the intent of the update has %q", images)
	}

	path = filepath.Join(t.TempDir(), "journal.jsonl")
	got = session(t, t.Context(), deletes{finds: finds{creates: creates{f: f}}}, writeFile(t, "id", "1"), path, importer.Options{Mode: modes.DeleteOnly, Copies: (&shelf{}).start})
	if got.err != nil || f.calls["delete"] != 1 {
		t.Fatal(got.err, f.calls)
	}
	images = imagesIn(t, atDelete, "before")
	if len(images) != 1 || !holds(images[0][0], `{"id":1,"full_name":"Changed","email":"known.0@example.com","description":"stays"}`) {
		t.Errorf("before the delete the journal has %q", images)
	}
}

// imagesIn are the images, before and after, of the records of a kind in a journal.
func imagesIn(t *testing.T, raw []byte, kind string) (images [][]string) {
	t.Helper()
	for line := range bytes.Lines(raw) {
		var l struct {
			R struct {
				T             string
				Before, After json.RawMessage
			}
		}
		if err := json.Unmarshal(line, &l); err != nil {
			t.Fatal(err)
		}
		if l.R.T == kind {
			images = append(images, []string{string(l.R.Before), string(l.R.After)})
		}
	}
	return images
}

// holds reports whether an image is that of the contact which want describes.
func holds(image, want string) bool {
	var a, b cloverhound.Contact
	return json.Unmarshal([]byte(image), &a) == nil && json.Unmarshal([]byte(want), &b) == nil && equalContacts(a, b)
}

func equalContacts(a, b cloverhound.Contact) bool {
	return a.ID == b.ID && a.FullName == b.FullName && a.Email == b.Email && a.Description == b.Description && len(a.Phones) == len(b.Phones)
}
