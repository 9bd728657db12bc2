package headers

import "golang.org/x/text/language/display"

// portuguese knows the headers of names, and the commonest beside them.
func portuguese() *language {
	return &language{
		name:     "Portuguese",
		regions:  []string{"PT", "BR"},
		required: []string{"(obrigatorio)"},
		words: []words{
			{FirstName, usual, []string{"Primeiro nome", "Nome próprio"}},
			{MiddleName, usual, []string{"Nome do meio"}},
			{LastName, usual, []string{"Sobrenome", "Apelido", "Último nome"}},
			{Nombre, usual, []string{"Nome"}},
			{Email, usual, []string{"Endereço de e-mail", "Correio eletrónico"}},
			{Phone, usual, []string{"Telefone", "Número de telefone"}},
			{Phone, mobile, []string{"Telemóvel"}},
			{City, usual, []string{"Cidade"}},
			{Zip, usual, []string{"CEP"}},
		},
		signs:       []string{"sobrenome", "telefone", "telemovel", "cidade"},
		exclusions:  []exclusionWords{{WhyConsent, []string{"consentimento", "lgpd", "descadastrado", "descadastrada"}}},
		negations:   []string{"nao"},
		contacting:  []string{"contactar", "contatar", "ligar", "enviar", "perturbar"},
		refusals:    []string{"descadastrado", "descadastrada"},
		hidden:      []string{"Particular", "Privado", "Confidencial"},
		refused:     []string{"descadastrado", "descadastrada"},
		your:        []string{"seu", "sua"},
		countries:   display.Portuguese.Regions,
		months:      [12]string{"jan|janeiro", "fev|fevereiro", "mar|marco", "abr|abril", "mai|maio", "jun|junho", "jul|julho", "ago|agosto", "set|setembro", "out|outubro", "nov|novembro", "dez|dezembro"},
		yes:         []string{"sim"},
		no:          []string{"nao"},
		nothing:     []string{"nenhum", "desconhecido"},
		salutations: []string{"senhor", "senhora"},
	}
}
