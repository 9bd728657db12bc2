package journal

import (
	"encoding/json"
	"strconv"

	"crmferry/internal/quickjson"
)

// appendJSON appends the record as encoding/json would write it, by its tags, without what is empty. Every row has one or
// two of them, and reflection would cost a twentieth of the row.
func (r *record) appendJSON(b []byte) []byte {
	b = append(b, `{"t":"`...)
	b = append(b, r.Kind...)
	b = append(b, `","n":`...)
	b = strconv.AppendInt(b, int64(r.Seq), 10)
	b = appendInt(b, "at", r.At)
	b = appendInt(b, "rows", int64(r.Rows))
	b = appendText(b, "action", string(r.Action))
	b = appendText(b, "id", r.ID)
	b = appendTexts(b, "changed", r.Changed)
	b = appendText(b, "link", r.Link)
	b = appendText(b, "name", r.Name)
	if r.Sum != 0 {
		b = append(strconv.AppendUint(append(b, `,"sum":"`...), r.Sum, 10), '"')
	}
	b = appendInt(b, "row", int64(r.Row))
	b = appendInt(b, "first", int64(r.First))
	b = appendInt(b, "line", int64(r.Line))
	b = appendInt(b, "part", int64(r.Part))
	b = appendInt(b, "parts", int64(r.Parts))
	b = appendText(b, "outcome", string(r.Outcome))
	b = appendText(b, "key", r.Key)
	if len(r.Problems) > 0 {
		b = append(b, `,"problems":`...)
		b = appendAny(b, r.Problems)
	}
	b = appendTexts(b, "notes", r.Notes)
	b = appendInt(b, "attempts", int64(r.Attempts))
	b = appendInt(b, "status", int64(r.Status))
	b = appendText(b, "request", r.RequestID)
	b = appendInt(b, "ms", r.Duration)
	if r.Written {
		b = append(b, `,"written":true`...)
	}
	b = appendInt(b, "ahead", r.Ahead)
	if r.Former != nil {
		b = quickjson.AppendString(appendName(b, "former"), *r.Former)
	}
	if r.Takes != nil {
		b = appendAny(appendName(b, "takes"), r.Takes)
	}
	b = appendRaw(b, "before", r.Before)
	b = appendRaw(b, "after", r.After)
	return append(b, '}')
}

func appendRaw(b []byte, name string, raw json.RawMessage) []byte {
	if len(raw) == 0 {
		return b
	}
	return append(appendName(b, name), raw...)
}

func appendName(b []byte, name string) []byte {
	b = append(b, `,"`...)
	b = append(b, name...)
	return append(b, `":`...)
}

func appendInt(b []byte, name string, n int64) []byte {
	if n == 0 {
		return b
	}
	return strconv.AppendInt(appendName(b, name), n, 10)
}

func appendText(b []byte, name, text string) []byte {
	if text == "" {
		return b
	}
	return quickjson.AppendString(appendName(b, name), text)
}

func appendTexts(b []byte, name string, texts []string) []byte {
	if len(texts) == 0 {
		return b
	}
	b = append(appendName(b, name), '[')
	for i, t := range texts {
		if i > 0 {
			b = append(b, ',')
		}
		b = quickjson.AppendString(b, t)
	}
	return append(b, ']')
}

// appendAny appends a list of problems or a former contact, which can always be encoded.
func appendAny(b []byte, v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return append(b, raw...)
}
