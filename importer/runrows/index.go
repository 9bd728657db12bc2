package runrows

import (
	"cmp"
	"encoding/binary"
	"hash/crc32"
	"io"
	"slices"
	"strings"

	"crmferry/internal/state"
)

// The index of a rows file holds, for each mark of each row, the mark's hash and where the row stands. It is made of pages,
// each with its checksum; the pages of a section are sorted by hash. Sections bound what a writer holds in memory. The last
// page tells what the file holds, and of which rows file it is the index.
const (
	pageSize      = 4096
	entrySize     = 8 + 4 + 8 // hash, row, where its record ends
	perPage       = (pageSize - crc32.Size) / entrySize
	sectionPages  = 256
	perSection    = sectionPages * perPage
	indexSaysWhat = "rows index 1\n" // the last page begins so
)

// indexPath is where the index of a rows file is.
func indexPath(path string) string { return strings.TrimSuffix(path, ".jsonl") + ".index" }

// place is where a row stands that has a mark.
type place struct {
	hash uint64
	seq  uint32
	at   int64
}

// hash is FNV-1a. It needs no salt: the contacts themselves stand in the file beside it.
func hash(mark string) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(mark) {
		h = (h ^ uint64(mark[i])) * 1099511628211
	}
	return h
}

// indexWriter writes an index beside a rows file.
type indexWriter struct {
	file    *state.File
	section []place
	entries int64
	page    [pageSize]byte
	err     error
}

func createIndex(path string) (*indexWriter, error) {
	file, err := state.CreateFile(indexPath(path), 0o600)
	if err != nil {
		return nil, err
	}
	return &indexWriter{file: file}, nil
}

// add takes down the marks of a row.
func (w *indexWriter) add(seq int, at int64, marks []string) {
	for _, m := range marks {
		w.section = append(w.section, place{hash(m), uint32(seq), at})
		if len(w.section) == perSection {
			w.flush()
		}
	}
}

// flush writes a section.
func (w *indexWriter) flush() {
	slices.SortFunc(w.section, func(a, b place) int {
		if a.hash != b.hash { // as nearly always
			return cmp.Compare(a.hash, b.hash)
		}
		return cmp.Compare(a.seq, b.seq)
	})
	w.entries += int64(len(w.section))
	for page := range slices.Chunk(w.section, perPage) {
		body := w.page[:0]
		for _, p := range page {
			body = binary.BigEndian.AppendUint64(body, p.hash)
			body = binary.BigEndian.AppendUint32(body, p.seq)
			body = binary.BigEndian.AppendUint64(body, uint64(p.at))
		}
		w.write(len(body))
	}
	w.section = w.section[:0]
}

// write writes the page, of which so much is filled.
func (w *indexWriter) write(filled int) {
	clear(w.page[filled:])
	binary.BigEndian.PutUint32(w.page[pageSize-crc32.Size:], pageSum(w.page[:]))
	if w.err == nil {
		_, w.err = w.file.Write(w.page[:])
	}
}

func pageSum(page []byte) uint32 {
	return crc32.Checksum(page[:pageSize-crc32.Size], crc32.MakeTable(crc32.Castagnoli))
}

// finish writes what the index is of, and puts it in place.
func (w *indexWriter) finish(size int64) error {
	w.flush()
	last := append(w.page[:0], indexSaysWhat...)
	last = binary.BigEndian.AppendUint64(last, uint64(w.entries))
	last = binary.BigEndian.AppendUint64(last, uint64(size))
	w.write(len(last))
	if w.err != nil {
		return w.err
	}
	return w.file.Commit()
}

// index is one that is read.
type index struct {
	file    io.ReaderAt
	entries int64
	page    [pageSize]byte
}

// openIndex reads what an index is of. It is not one of a rows file of another size.
func openIndex(file io.ReaderAt, size, rows int64) (*index, bool) {
	x := &index{file: file}
	if size < pageSize || size%pageSize != 0 || !x.read(size/pageSize-1) {
		return nil, false
	}
	last, found := strings.CutPrefix(string(x.page[:len(indexSaysWhat)+16]), indexSaysWhat)
	if !found {
		return nil, false
	}
	x.entries = int64(binary.BigEndian.Uint64([]byte(last[:8])))
	pages := (x.entries + perPage - 1) / perPage
	return x, pages == size/pageSize-1 && int64(binary.BigEndian.Uint64([]byte(last[8:]))) == rows
}

// read reads a page, and reports whether it is as it was written.
func (x *index) read(page int64) bool {
	if _, err := x.file.ReadAt(x.page[:], page*pageSize); err != nil {
		return false
	}
	return binary.BigEndian.Uint32(x.page[pageSize-crc32.Size:]) == pageSum(x.page[:])
}

// entry is the entry of the page that was read.
func (x *index) entry(i int64) place {
	e := x.page[i*entrySize:]
	return place{binary.BigEndian.Uint64(e), binary.BigEndian.Uint32(e[8:]), int64(binary.BigEndian.Uint64(e[12:]))}
}

// find hands out the places of a mark, and reports whether all pages that it needed were whole.
func (x *index) find(mark string, each func(seq int, at int64)) bool {
	for first := int64(0); first < x.entries; first += perSection {
		if !x.findIn(first, min(first+perSection, x.entries), hash(mark), each) {
			return false
		}
	}
	return true
}

// findIn looks in the section that holds the entries from first to end.
func (x *index) findIn(first, end int64, h uint64, each func(seq int, at int64)) bool {
	low, high := first/perPage, (end-1)/perPage
	for low < high { // the first page whose last entry is not before h
		middle := (low + high) / 2
		if !x.read(middle) {
			return false
		}
		if x.entry(perPage-1).hash < h {
			low = middle + 1
		} else {
			high = middle
		}
	}
	for ; low*perPage < end; low++ {
		if !x.read(low) {
			return false
		}
		for i := range min(perPage, end-low*perPage) {
			p := x.entry(i)
			if p.hash > h {
				return true
			}
			if p.hash == h {
				each(int(p.seq), p.at)
			}
		}
	}
	return true
}
