package xlsx

import "crmferry/internal/sheet/rows"

// maxFormats is how many formats of cells a workbook may have: twice what Excel allows.
const maxFormats = 1 << 17

// scanFormats reads the number formats of cells, by the number that a cell names, from the XML of a workbook's styles.
// A format whose numFmtId stands in numFmts has its code there, all others are built in.
func scanFormats(s *xmlScanner) ([]numberFormat, error) {
	custom := map[int]numberFormat{}
	var formats []numberFormat
	inside := "" // the section: styles of other things have formats too
	for {
		t, err := s.next()
		switch {
		case err != nil:
			return nil, err
		case t.ends("styleSheet"), t.is("styleSheet") && t.empty:
			return formats, nil
		case t.ends(inside):
			inside = ""
		case t.empty && (t.is("numFmts") || t.is("cellXfs")):
		case t.is("numFmts"), t.is("cellXfs"):
			inside = string(t.name)
		case inside == "numFmts" && t.is("numFmt"):
			f := parseFormat(t.text("formatCode"))
			f.code = t.text("formatCode")
			custom[t.number("numFmtId")] = f
		case inside == "cellXfs" && t.is("xf"):
			formats = append(formats, cellFormat(t.number("numFmtId"), custom))
		}
		if len(custom) > maxFormats || len(formats) > maxFormats {
			return nil, rows.Errorf(rows.ErrTooBig, "the workbook has more than %d formats of cells", maxFormats)
		}
	}
}

func cellFormat(id int, custom map[int]numberFormat) numberFormat {
	if f, ok := custom[id]; ok {
		return f
	}
	f := builtInFormat(id)
	f.id = id
	return f
}
