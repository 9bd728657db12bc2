package headers

import "golang.org/x/text/language/display"

func spanish() *language {
	return &language{
		name:         "Spanish",
		regions:      []string{"ES", "MX"},
		twoLastNames: true,
		required:     []string{"(obligatorio)"},
		words:        append(spanishPeople(), spanishAddresses()...),
		signs: []string{"nombre", "nombrecompleto", "apellido", "apellidos", "empresa", "telefono", "correo", "correoelectronico",
			"ciudad", "pais", "codigopostal", "direccion", "movil"},
		localMeanings: []string{"cp", "cargo", "piso", "calle", "domicilio", "municipio"},
		your:          []string{"tu", "su"},
		exclusions: []exclusionWords{
			{WhyOther, []string{"emergencia", "padre", "madre", "conyuge", "arrendador"}},
			{WhyOwner, []string{"propietario", "responsable"}},
			{WhyFirm, []string{"empresa"}},
		},
		statuses: []string{"estado"},
		numbers:  []string{"numero"},
		titles:   []string{"titulo"},
		fields:   []string{"telefono", "nombre"},
		idle:     []string{"su"},
		private:  []string{"casa", "particular"},
		roles: []string{"comprador", "vendedor", "solicitante", "participante", "visitante", "invitado", "miembro", "socio", "suscriptor",
			"donante", "voluntario", "alumno", "estudiante", "paciente", "inquilino", "asegurado", "tomador", "cliente", "candidato",
			"prestatario", "asistente", "facturacion", "contacto"},
		besides:    []string{"envio", "destinatario", "medico"},
		scopes:     []scopeWords{{workScope, []string{"trabajo"}}, {billingScope, []string{"facturacion"}}},
		calling:    []string{"prefijo", "codigo"},
		origins:    []string{"nacionalidad", "nacimiento", "origen"},
		articles:   []string{"del", "de", "la", "el", "los", "las"},
		qualifiers: []string{"numero", "fijo", "trabajo", "casa", "oficina", "particular"},
		countries:  display.Spanish.Regions,
		months: [12]string{"ene|enero", "feb|febrero", "mar|marzo", "abr|abril", "may|mayo", "jun|junio",
			"jul|julio", "ago|agosto", "sep|sept|septiembre|setiembre", "oct|octubre", "nov|noviembre", "dic|diciembre"},
		yes:         []string{"si", "s", "verdadero"},
		no:          []string{"no", "n", "falso"},
		nothing:     []string{"ninguno", "ninguna", "desconocido", "desconocida"},
		errors:      []string{"#N/D", "#NOMBRE?", "#VALOR!", "#NULO!"},
		salutations: []string{"sr", "sra", "srta", "senor", "senora", "don", "dona"},
		stages:      []string{"nuevo", "caliente", "frio", "cliente", "ganado", "perdido"},
	}
}

func spanishPeople() []words {
	return []words{
		{FirstName, usual, []string{"Primer nombre"}},
		{MiddleName, usual, []string{"Segundo nombre"}},
		{NameSuffix, usual, []string{"Sufijo"}},
		{LastName, usual, []string{"Apellidos", "Apellido", "Primer apellido"}},
		{FullName, usual, []string{"Nombre completo"}},
		{FullName, later, []string{"Contacto"}},
		{Nombre, usual, []string{"Nombre"}},
		{Salutation, usual, []string{"Tratamiento", "Título"}},
		{Initials, usual, []string{"Iniciales"}},
		{Email, usual, []string{"Correo", "Correo electrónico", "Correo electrónico #", "Dirección de correo electrónico",
			"Dirección de correo electrónico #", "Dirección del correo electrónico #"}},
		{Phone, usual, []string{"Teléfono", "Número de teléfono"}},
		{Phone, mobile, []string{"Móvil", "Teléfono móvil", "Celular"}},
		{Phone, primary, []string{"Teléfono principal"}},
		{Phone, work, []string{"Teléfono del trabajo"}},
		{Phone, home, []string{"Teléfono particular"}},
		{Job, usual, []string{"Puesto", "Cargo", "Función"}},
		{Company, usual, []string{"Empresa", "Nombre de la empresa", "Compañía", "Organización"}},
		{Customer, later, []string{"Cliente"}},
		{Tags, usual, []string{"Etiquetas", "Categorías", "Grupo"}},
		{Segments, usual, []string{"Segmentos", "Segmento"}},
		{Note, usual, []string{"Notas", "Observaciones", "Comentarios"}},
		{Source, later, []string{"Fuente", "Origen"}},
		{Stage, usual, []string{"Etapa"}},
		{Price, usual, []string{"Precio", "Presupuesto"}},
		{Timeframe, usual, []string{"Plazo"}},
		{CustomerNumber, usual, []string{"Nº de cliente", "Número de cliente"}},
		{LinkedIn, usual, []string{"Perfil de LinkedIn"}},
	}
}

func spanishAddresses() []words {
	return []words{
		{Street, usual, []string{"Calle", "Dirección", "Domicilio"}},
		{Street, work, []string{"Calle del trabajo"}},
		{HouseNumber, usual, []string{"Número de casa"}},
		{HouseAddition, usual, []string{"Piso"}},
		{SecondLine, usual, []string{"Dirección 2"}},
		{SecondLine, work, []string{"Calle del trabajo 2"}},
		{City, usual, []string{"Ciudad", "Localidad", "Población", "Municipio"}},
		{City, work, []string{"Ciudad de trabajo"}},
		{State, usual, []string{"Provincia"}},
		{State, work, []string{"Provincia o estado de trabajo"}},
		{Zip, usual, []string{"Código postal"}},
		{Zip, work, []string{"Código postal del trabajo"}},
		{Country, usual, []string{"País"}},
		{Country, work, []string{"País o región del trabajo"}},
		{Country, home, []string{"País o región del domicilio"}},
	}
}
