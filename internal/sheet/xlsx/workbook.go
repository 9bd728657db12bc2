package xlsx

import (
	"archive/zip"
	"errors"
	"io"
	"path"
	"strings"

	"crmferry/internal/cell"
	"crmferry/internal/sheet/rows"
)

// What a part of a workbook may unpack to. A worksheet is read as it is unpacked, so that its limit is one of time, not
// of memory.
const (
	maxSmallPart = 32 << 20
	maxSheetPart = 8 << 30
)

// workbook is an XLSX file: a zip archive of parts that refer to each other.
type workbook struct {
	parts  map[string]*zip.File // by name without case
	shared sharedTexts          // of all worksheets
	sheets []worksheetPart      // in the workbook's order, without chart sheets
	styles []numberFormat       // by the number that a cell names
	// uncomputed says that the workbook asks to be computed when it is opened: programs that do not compute save 0 for formulas.
	uncomputed bool
	epoch      int // the day that serial number 0 stands for, counted from 1970-01-01
}

// worksheetPart is one worksheet of the workbook.
type worksheetPart struct {
	name, part string
	visible    bool
}

// newWorkbook finds the parts of a workbook. What it says of itself is not read.
func newWorkbook(f io.ReaderAt, size int64) (*workbook, error) {
	z, err := zip.NewReader(f, size)
	if err != nil {
		return nil, rows.Errorf(rows.ErrCutOff, "the workbook is damaged or cut off: %v", err)
	}
	b := &workbook{parts: map[string]*zip.File{}}
	for _, p := range z.File {
		b.parts[strings.ToLower(strings.ReplaceAll(p.Name, `\`, "/"))] = p
	}
	return b, nil
}

// openPart unpacks a part.
func (b *workbook) openPart(name string) (io.ReadCloser, error) {
	p := b.parts[strings.ToLower(name)]
	if p == nil {
		return nil, rows.Errorf(rows.ErrDamaged, "the workbook lacks its part %q", name)
	}
	if p.UncompressedSize64 > maxSheetPart {
		return nil, rows.Errorf(rows.ErrTooBig, "the part %q unpacks to more than %d GB", name, maxSheetPart>>30)
	}
	r, err := p.Open()
	if err != nil {
		return nil, rows.Errorf(rows.ErrDamaged, "unpack %q: %v", name, err)
	}
	return r, nil
}

// relation is a reference from one part to another.
type relation struct {
	id, kind string
	target   string // the part's name
	url      string // as it is written, of what is no part
}

// is reports whether the relation is of that kind, in either of the two name spaces of OOXML.
func (r relation) is(kind string) bool { return strings.HasSuffix(r.kind, "/relationships/"+kind) }

// relations are the references of a part.
func (b *workbook) relations(of string) (list []relation, err error) {
	dir, name := path.Split(of)
	err = b.scan(dir+"_rels/"+name+".rels", func(s *xmlScanner) error {
		for {
			t, err := s.next()
			switch {
			case err != nil:
				return err
			case t.ends("Relationships"), t.is("Relationships") && t.empty:
				return nil
			case t.is("Relationship"):
				target := t.text("Target")
				if !strings.HasPrefix(target, "/") {
					target = "/" + dir + target
				}
				list = append(list, relation{t.text("Id"), t.text("Type"), strings.TrimPrefix(path.Clean(target), "/"), t.text("Target")})
			}
		}
	})
	return list, err
}

// mainPart is the workbook's own part.
func (b *workbook) mainPart() (string, error) {
	rels, err := b.relations("")
	if err != nil && b.parts["_rels/.rels"] != nil {
		return "", err // it is there, and damaged
	}
	for _, r := range rels {
		if r.is("officeDocument") && !strings.HasSuffix(r.target, ".bin") {
			return r.target, isWorkbook(r.target)
		}
	}
	if b.parts["xl/workbook.xml"] != nil {
		return "xl/workbook.xml", nil
	}
	kinds := []struct{ part, kind string }{
		{"xl/workbook.bin", "a binary workbook (.xlsb), which is not read: save it as .xlsx"},
		{"content.xml", "an OpenDocument file, which is not read: save it as .xlsx"},
		{"index/document.iwa", "a Numbers document, which is not read: export it as .xlsx"},
	}
	for _, k := range kinds {
		if b.parts[k.part] != nil {
			return "", rows.Errorf(rows.ErrNotSheet, "is %s", k.kind)
		}
	}
	return "", rows.Errorf(rows.ErrPacked, "is a zip archive, but no workbook: if a sheet is in it, unpack it first")
}

// isWorkbook refuses the documents of other office programs, which have a main part too.
func isWorkbook(part string) error {
	if strings.HasPrefix(part, "word/") || strings.HasPrefix(part, "ppt/") || strings.HasPrefix(part, "visio/") {
		return rows.Errorf(rows.ErrDocument, "is an office document, but no workbook")
	}
	return nil
}

// read reads what the workbook says about its sheets and styles. Excelize is not asked: it makes 800 MB of 16 KB that are
// nothing but styles (measured).
func (b *workbook) read() error {
	main, err := b.mainPart()
	if err != nil {
		return err
	}
	rels, err := b.relations(main)
	if err != nil {
		return err
	}
	targets := map[string]relation{}
	for _, r := range rels {
		targets[r.id] = r
		switch {
		case r.is("sharedStrings"):
			b.shareTexts(r.target)
		case r.is("styles"):
			if err := b.scan(r.target, func(s *xmlScanner) (err error) {
				b.styles, err = scanFormats(s)
				return err
			}); err != nil {
				return err
			}
		}
	}
	return b.scan(main, func(s *xmlScanner) error { return b.scanSheets(s, targets) })
}

// shareTexts says which part holds the shared texts, "" for none.
func (b *workbook) shareTexts(part string) {
	if b.shared.name = part; part != "" {
		b.shared.open = func() (io.ReadCloser, error) { return b.openPart(part) }
	}
}

// scan reads a part as XML, and to its end: its checksum stands there.
func (b *workbook) scan(part string, read func(*xmlScanner) error) error {
	r, err := b.openPart(part)
	if err != nil {
		return err
	}
	defer r.Close()
	s := newXMLScanner(&bounded{r, maxSmallPart})
	if err = s.start(); err == nil {
		err = read(&s)
	}
	if err == nil {
		_, err = io.Copy(io.Discard, s.src)
	}
	switch {
	case errors.Is(err, rows.ErrTooBig):
		return rows.Errorf(rows.ErrTooBig, "open the workbook: part %q: %v", part, err)
	case err != nil:
		return rows.Errorf(rows.ErrDamaged, "open the workbook: part %q: %v", part, err)
	}
	return nil
}

// bounded reads so many bytes and no more.
type bounded struct {
	src  io.Reader
	left int
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.src.Read(p)
	if b.left -= n; b.left < 0 {
		return 0, rows.Errorf(rows.ErrTooBig, "it unpacks to more than %d MB", maxSmallPart>>20)
	}
	return n, err
}

// scanSheets reads the workbook's own part.
func (b *workbook) scanSheets(s *xmlScanner, targets map[string]relation) error {
	b.epoch = cell.Epoch1900
	for {
		t, err := s.next()
		switch {
		case err != nil:
			return err
		case t.ends("workbook"), t.is("workbook") && t.empty:
			return nil
		case t.is("workbookPr"):
			if v := string(t.attr("date1904")); v == "1" || v == "true" {
				b.epoch = cell.Epoch1904
			}
		case t.is("calcPr"):
			v := string(t.attr("fullCalcOnLoad"))
			b.uncomputed = v == "1" || v == "true"
		case t.is("sheet"):
			if r := targets[t.text("id")]; r.is("worksheet") {
				state := t.text("state")
				b.sheets = append(b.sheets, worksheetPart{t.text("name"), r.target, state == "" || state == "visible"})
			}
		}
	}
}
