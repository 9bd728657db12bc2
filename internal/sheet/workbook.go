package sheet

import (
	"archive/zip"
	"errors"
	"io"
	"os"
	"path"
	"strings"
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
	epoch  int                  // the day that serial number 0 stands for, counted from 1970-01-01
}

// worksheetPart is one worksheet of the workbook.
type worksheetPart struct {
	name, part string
	visible    bool
}

// openWorksheet opens the worksheet that the options mean, and returns its name too.
func openWorksheet(f *os.File, o Options, n *notes) (*worksheet, string, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, "", err
	}
	b, err := newWorkbook(f, info.Size())
	if err != nil {
		return nil, "", err
	}
	sheets, err := b.choose(o, n)
	if err != nil {
		b.shared.close()
		return nil, "", err
	}
	w, err := b.open(sheets[0], f)
	if err != nil {
		return nil, "", &Error{Sheet: sheets[0].name, Err: err}
	}
	w.notes, w.further = n, sheets[1:]
	w.turn = func(s worksheetPart) (io.ReadCloser, error) { return b.openPart(s.part) }
	return w, sheets[0].name, nil
}

// newWorkbook reads what a workbook says about itself.
func newWorkbook(f io.ReaderAt, size int64) (*workbook, error) {
	z, err := zip.NewReader(f, size)
	if err != nil {
		return nil, because(ErrCutOff, "the workbook is damaged or cut off: %v", err)
	}
	b := &workbook{parts: map[string]*zip.File{}}
	for _, p := range z.File {
		b.parts[strings.ToLower(strings.ReplaceAll(p.Name, `\`, "/"))] = p
	}
	return b, b.read()
}

// open starts reading a worksheet.
func (b *workbook) open(s worksheetPart, file io.Closer) (*worksheet, error) {
	rows, err := b.openPart(s.part)
	if err != nil {
		return nil, err
	}
	return &worksheet{
		xml:    newXMLScanner(rows),
		file:   file,
		part:   rows,
		styles: b.styles,
		epoch:  b.epoch,
		shared: &b.shared,
	}, nil
}

// openPart unpacks a part.
func (b *workbook) openPart(name string) (io.ReadCloser, error) {
	p := b.parts[strings.ToLower(name)]
	if p == nil {
		return nil, because(ErrDamaged, "the workbook lacks its part %q", name)
	}
	if p.UncompressedSize64 > maxSheetPart {
		return nil, because(ErrTooBig, "the part %q unpacks to more than %d GB", name, maxSheetPart>>30)
	}
	r, err := p.Open()
	if err != nil {
		return nil, because(ErrDamaged, "unpack %q: %v", name, err)
	}
	return r, nil
}

// relation is a reference from one part to another.
type relation struct {
	id, kind string
	target   string // the part's name
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
				list = append(list, relation{t.text("Id"), t.text("Type"), strings.TrimPrefix(path.Clean(target), "/")})
			}
		}
	})
	return list, err
}

// mainPart is the workbook's own part.
func (b *workbook) mainPart() (string, error) {
	rels, err := b.relations("")
	for _, r := range rels {
		if r.is("officeDocument") && !strings.HasSuffix(r.target, ".bin") {
			return r.target, isWorkbook(r.target)
		}
	}
	if b.parts["xl/workbook.xml"] != nil {
		return "xl/workbook.xml", nil
	}
	if err != nil && !errors.Is(err, ErrDamaged) {
		return "", err
	}
	kinds := []struct{ part, kind string }{
		{"xl/workbook.bin", "a binary workbook (.xlsb), which is not read: save it as .xlsx"},
		{"content.xml", "an OpenDocument file, which is not read: save it as .xlsx"},
		{"index/document.iwa", "a Numbers document, which is not read: export it as .xlsx"},
	}
	for _, k := range kinds {
		if b.parts[k.part] != nil {
			return "", because(ErrNotSheet, "is %s", k.kind)
		}
	}
	return "", because(ErrNotSheet, "is a zip archive, but no workbook: if a sheet is in it, unpack it first")
}

// isWorkbook refuses the documents of other office programs, which have a main part too.
func isWorkbook(part string) error {
	if strings.HasPrefix(part, "word/") || strings.HasPrefix(part, "ppt/") || strings.HasPrefix(part, "visio/") {
		return because(ErrNotSheet, "is an office document, but no workbook")
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
			b.shared.open = func() (io.ReadCloser, error) { return b.openPart(r.target) }
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

// scan reads a part as XML.
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
	switch {
	case errors.Is(err, ErrTooBig):
		return because(ErrTooBig, "open the workbook: part %q: %v", part, err)
	case err != nil:
		return because(ErrDamaged, "open the workbook: part %q: %v", part, err)
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
		return 0, because(ErrTooBig, "it unpacks to more than %d MB", maxSmallPart>>20)
	}
	return n, err
}

// scanSheets reads the workbook's own part.
func (b *workbook) scanSheets(s *xmlScanner, targets map[string]relation) error {
	b.epoch = epoch1900
	for {
		t, err := s.next()
		switch {
		case err != nil:
			return err
		case t.ends("workbook"), t.is("workbook") && t.empty:
			return nil
		case t.is("workbookPr"):
			if v := string(t.attr("date1904")); v == "1" || v == "true" {
				b.epoch = epoch1904
			}
		case t.is("sheet"):
			if r := targets[t.text("id")]; r.is("worksheet") {
				state := t.text("state")
				b.sheets = append(b.sheets, worksheetPart{t.text("name"), r.target, state == "" || state == "visible"})
			}
		}
	}
}
