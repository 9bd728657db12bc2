package match

import (
	"crmferry/internal/cell"
	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/match/columns"
	"crmferry/mapping/match/resource"
	"crmferry/mapping/match/told"
)

// sheet is a header row before its headers are understood: its columns, the program that wrote them, and what the user says
// of them.
type sheet struct {
	spec      *resource.Spec
	request   *Request
	columns   []columns.Column
	folded    []string // headers, without what the program's headers of a person start with
	sourceRow int      // see Assignment
	lead      int      // how many columns in front are of crmferry itself
	program   *headers.Program
	own       bool           // an export of this resource
	export    *resource.Spec // the other resource of which the sheet is an export, nil for none

	maps     *told.Maps            // what the user says of columns
	explicit map[int][]told.Target // of maps: by column; an empty list ignores the column
}

// name is what the front end calls a setting.
func (s *sheet) name(setting hint.Code) string { return s.request.Words.Name(setting) }

// say is what the front end says.
func (s *sheet) say(code hint.Code, facts ...string) string {
	return s.request.Words.Say(code, facts...)
}

// newSheet takes in a header.
func newSheet(spec *resource.Spec, r *Request) *sheet {
	s := &sheet{spec: spec, request: r, sourceRow: -1}
	s.addColumns(r.Header)
	if s.own = spec.IsExport(s.headers()); s.own {
		return s
	}
	if s.export = resource.Exported(r.Exports, s.headers()); s.export == nil {
		s.findProgram()
	}
	return s
}

// programName is the name of the program that wrote the sheet, and what whoever imports it should know.
func (s *sheet) programName() string {
	switch {
	case s.export != nil:
		return "an export of " + s.export.ID()
	case s.program == nil:
		return ""
	case s.program.Warning == "":
		return s.program.Name
	}
	return s.program.Name + ": " + s.program.Warning
}

// addColumns sets up the columns; those of a rejects file are set aside.
func (s *sheet) addColumns(header []string) {
	s.lead = columns.Leading(header)
	for i, h := range header {
		c := columns.Column{Index: i, Header: h}
		if i >= s.lead {
			c.Letter = cell.ColumnLetter(i - s.lead)
		}
		c.Filled, c.Example = s.request.Profile.Filled(i)
		switch headers.Clean(h) {
		case columns.ColumnRow:
			s.sourceRow = i
			fallthrough
		case columns.ColumnError, columns.ColumnMessage, columns.ColumnAdvice, columns.ColumnOutcome, columns.ColumnID:
			c.State, c.Reason = columns.Ignored, "of a rejects file"
		}
		s.columns = append(s.columns, c)
		s.folded = append(s.folded, headers.FoldHeader(h))
	}
}

// findProgram finds the program that wrote the sheet, and takes the scope off the headers of a person.
func (s *sheet) findProgram() {
	s.program = headers.RecogniseProgram(s.folded, s.request.Header)
	if s.program == nil {
		return
	}
	for i, h := range s.request.Header {
		if rest, ok := s.program.Unscoped(h); ok {
			s.folded[i] = headers.FoldHeader(rest)
		}
	}
}

// column is what the profile knows of a column, nil if it is known to hold nothing that could be judged.
func (s *sheet) column(i int) *cells.ColumnProfile {
	if c := s.request.Profile.Column(i); c != nil && c.Counted > 0 {
		return c
	}
	return nil
}

// empty reports whether no row has anything in a column. Without a profile, nothing is known to be empty.
func (s *sheet) empty(i int) bool {
	c := s.request.Profile.Column(i)
	return c != nil && s.request.Profile.Rows > 0 && c.Filled == 0
}

// known finds a header in the vocabulary.
func (s *sheet) known(i int) (headers.Word, bool) {
	return headers.Recognise(s.columns[i].Header, s.folded[i])
}

// headerConcept is the concept of a header before its neighbours were asked.
func (s *sheet) headerConcept(i int) headers.Concept {
	hit, _ := s.known(i)
	return hit.Concept
}

// reader reads what the user says of the columns.
func (s *sheet) reader() *told.Reader {
	return &told.Reader{Spec: s.spec, Set: columns.Set{Columns: s.columns, Folded: s.folded, Lead: s.lead}, Words: s.request.Words,
		ByID: s.request.MatchID || s.own && !s.request.MatchEmail}
}

// readMaps reads the fields that the user gives columns.
func (s *sheet) readMaps() *Error {
	maps, err := s.reader().Maps(s.request.Map, s.request.MapFile)
	s.maps, s.explicit = maps, maps.Targets
	return err
}
