"""The words for people, as tables. How they are inflected and found is said elsewhere.

A feminine that does not follow from the masculine stands after a slash.
"""

from __future__ import annotations

# Masculine and feminine differ; these are hardly ever adjectives.
NOUNS = """
abogado paisano abuelo/abuela acopiador agricultor agrónomo alcalde/alcaldesa alumno amigo animador anfitrión
apicultor artesano asesor auditor autor avicultor bachiller/bachillera becario bibliotecario bombero
caficultor
cajero candidato capacitador capataz/capataza capitán carnicero carpintero catador caudillo chofer/chofera
cocinero colaborador comerciante/comercianta compañero comunero conductor consejero conserje/conserja
constructor consultor consumidor contador contratista/contratista coordinador cosechador criador cuidador
científico defensor delegado deportista/deportista diputado director doctor dueño educador ejidatario embajador
encuestador enfermero entrenador entrevistador escritor escribano escolar/escolar espectador evaluador expositor
extensionista/extensionista fabricante/fabricanta facilitador formador fotógrafo funcionario ganadero
gestor gobernador granjero herrero hijo historiador huésped/huéspeda impulsor ingeniero inspector instructor
investigador inversionista/inversionista jardinero jefe/jefa jornalero juez/jueza jugador labrador lechero lector
legislador leñador licenciado locutor maestro magistrado mediador mensajero ministro moderador monitor muchacho
narrador negociador nieto niño notario novio obispo/obispa orador orientador padrino/madrina padre/madre
papá/mamá palmicultor paracaidista/paracaidista parcelero/parcelera pasajero pastor patrón peón peluquero pescador
piscicultor poblador poeta/poeta portero  postor/postora prestamista/prestamista presidente/presidenta
vicepresidente/vicepresidenta primo profesor programador promotor propietario prosecretario protesorero psicólogo
recaudador recolector recogedor rector redactor regidor relator repartidor reportero sacerdote/sacerdotisa
sastre/sastra
secretario senador señor síndico sobrino rondero barbero guardián feligrés/feligresa pizcador pepenador molinero
chiclero cacique/cacica peatón
taxista/taxista velador regante/regante cuñado bisnieto ahijado yerno/nuera sobrestante/sobrestanta socio
soldado/soldada subdirector
subgerente/subgerenta
sucesor supervisor tejedor tendero tesorero tío trabajador traductor transportador tutor
usuario vaquero vendedor veterinario viajero viñatero viudo zapatero yerbatero horticultor fruticultor
floricultor silvicultor viticultor acuicultor cañicultor sembrador cortador rescatador cosechero
hacendado heredero terrateniente/terratenienta
arriero arrendatario aparcero  asambleísta/asambleísta adjudicatario posesionario comunicador apoderado prestatario
deudor acreedor
ahorrador ahorrero depositario fideicomisario mandatario emisario corresponsal/corresponsal chico mayordomo hermano
sociólogo antropólogo biólogo ecólogo agroecólogo geólogo pedagogo arquitecto economista/economista
estadístico/estadística informático/informática electricista/electricista albañil/albañila mecánico/mecánica
camarógrafo topógrafo geógrafo archivero almacenero bodeguero panadero pulpero barrendero camarero mesero costurero
motorista/motorista chacarero cafetero
finquero empleador reclutador escrutador fiador codeudor hortelano huertero milpero baquiano ordeñador esquilador
aserrador camionero lanchero balsero canoero fletero estibador cuadrillero mandador caporal/caporala pagador cobrador
planillero
usurero revendedor verdulero diseñador digitador dinamizador replicador alfabetizador adiestrador mentor
interventor veedor contralor revisor tasador valuador conciliador árbitro/árbitra perito legatario inquilino casero
mediero temporero zafrero bracero machetero chapeador cortero inversor aldeano ribereño coterráneo parroquiano
párroco misionero diácono agrimensor chocolatero repostero pastelero bordador alfarero soldador plomero fontanero
pintor escultor cantor compositor bailarín/bailarina titiritero impresor corrector seguidor suscriptor
excombatiente/excombatiente desertor agresor victimario ladrón/ladrona guerrillero competidor adversario partidario
opositor parlamentario corregidor prefecto intendente/intendenta viceministro mozo limpiador planchador niñero partero
curandero sobador camillero donador benefactor instalador fumigador podador injertador recibidor pesador empacador
marinero difunto finado mercader/mercadera buhonero panificador
"""

# The same, but these are adjectives too: after a noun, they say something of it ("los equipos técnicos").
ALSO_ADJECTIVES = """
administrativo administrador adulto afectado afiliado aliado allegado analfabeto anciano aprovechado arrocero
asalariado
asegurado asociado ausentado auxiliado bananero bananicultor beneficiado beneficiario cacaotero cacaocultor cafetalero
capacitado católico cañero comprador comprometido convocado contratado cooperado desempleado desplazado
diplomado directivo discapacitado egresado elector emprendedor empleado empresario encarcelado encargado encuestado
enfermo entrevistado emigrado exportador evangélico experto expulsado extranjero fallecido ganador graduado
herido huérfano implicado importador indocumentado innovador inscrito instruido interesado intermediario invitado
involucrado jubilado marginado matriculado mestizo microempresario minusválido médico
músico necesitado nominado novato pensionado perjudicado preso productor
 proveedor refugiado retornado seleccionado sindicado titulado técnico voluntario
damnificado agremiado campirano colono ladino acusado agraviado
sordo ciego despedido subempleado empadronado postulado
 operario operador morador vocero cacaotero
peruano mexicano hondureño salvadoreño colombiano dominicano guatemalteco boliviano
ecuatoriano venezolano argentino chileno paraguayo uruguayo cubano panameño brasileño latinoamericano centroamericano
ciudadano ganadero minero obrero vecino campesino observador fundador forastero lugareño citadino serrano
costeño recluso soltero casado sancionado elegido suscrito prestador poseedor arrendador azucarero papero maicero
quinuero alpaquero lanero panelero cocalero algodonero maderero piñero yuquero certificador verificador multiplicador
fiscalizador cooperador patrocinador acaparador repatriado deportado desmovilizado
reincorporado avecindado despulpador quesero tabacalero camaronero recomendado haitiano cusqueño
limeño chiapaneco oaxaqueño
"""

# One form for both: only an article or adjective beside them is masculine ("los participantes", "jóvenes capacitados").
COMMON = """
adolescente agente asistente aspirante atleta ayudante bañista cantante caminante ciclista cliente colega
 comerciante comunicante comunitarista concejal contratista contribuyente cooperante cooperativista cómplice
 dirigente docente donante economista electricista estudiante extensionista familiar
fabricante gerente gobernante guardia guardabosque guía habitante hablante indígena indigenista inmigrante
emigrante integrante intérprete inversionista joven líder maquinista manifestante migrante militante motorista
mayorista minorista oyente pariente participante paciente periodista policía postulante practicante prestamista
profesional protagonista rescatista remitente representante residente responsable sindicalista suplente testigo
titular tractorista transeúnte transportista turista votante visitante vigilante cónyuge
artista activista especialista nutricionista analista accionista afrodescendiente costarricense nicaragüense
sobreviviente simpatizante firmante ponente conferencista tallerista panelista campista
comensal ahorrista escolar gremialista ocupante arrendante solicitante denunciante demandante
 capacitando infante auxiliar mototaxista barista catequista creyente teniente contratante culpable contable aprendiz
compareciente escribiente feriante recluta
garante avalista viverista aportante cotizante pensionista derechohabiente minifundista latifundista agiotista
negociante detallista publicista dibujante informante fiscal albacea destajista compatriota hispanohablante
quechuahablante zootecnista laboratorista ceramista ebanista televidente radioescucha internauta delincuente asaltante
combatiente contendiente contrincante acompañante disidente congresista edil recepcionista oficinista archivista
obstetra pediatra dentista socorrista brigadista oferente licitante subcontratista piloto tripulante excursionista
huelguista motosierrista
"""

# What somebody is by country or city; with a capital it is a name, as a newspaper's ("El Peruano").
DEMONYMS = """
peruano mexicano hondureño salvadoreño colombiano dominicano guatemalteco boliviano ecuatoriano venezolano argentino
chileno paraguayo uruguayo cubano panameño brasileño latinoamericano centroamericano haitiano cusqueño limeño
chiapaneco oaxaqueño costarricense nicaragüense
"""

# Said of one man by his kin ("mi hijo"): the singular alone is no generic masculine.
KIN = (
    "abuelo hijo hermano nieto novio padre papá padrino primo sobrino tío viudo señor amigo muchacho chico "
    "hacendado doctor"
)

# What the office is called.
OFFICES = {
    "presidente": "presidencia",
    "vicepresidente": "vicepresidencia",
    "secretario": "secretaría",
    "prosecretario": "prosecretaría",
    "tesorero": "tesorería",
    "protesorero": "protesorería",
    "gerente": "gerencia",
    "subgerente": "subgerencia",
    "director": "dirección",
    "subdirector": "subdirección",
    "coordinador": "coordinación",
    "administrador": "administración",
    "jefe": "jefatura",
    "alcalde": "alcaldía",
    "gobernador": "gobernación",
    "rector": "rectoría",
    "regidor": "regiduría",
    "ministro": "autoridad ministerial",
    "relator": "relatoría",
    "contador": "contaduría",
    "tutor": "tutoría",
    "supervisor": "supervisión",
    "síndico": "sindicatura",
    "notario": "notaría",
    "juez": "autoridad judicial",
}

# What can be written instead of a plural: words and their form (f or m, s or p; q: no article, with a verb of its own).
# “+” keeps “personas …” as the first suggestion; without it these are all there are.
INSTEAD = {
    "socio": "+ membresía.fs, base social.fs",
    "asociado": "+ membresía.fs, base asociativa.fs",
    "afiliado": "+ membresía.fs",
    "productor": "+ familias productoras.fp",
    "agricultor": "+ familias agricultoras.fp, población agricultora.fs",
    "caficultor": "+ familias caficultoras.fp, sector cafetalero.ms",
    "cafetalero": "+ familias cafetaleras.fp, sector cafetalero.ms",
    "cafetero": "+ familias cafeteras.fp, sector cafetero.ms",
    "cacaotero": "+ familias cacaoteras.fp, sector cacaotero.ms",
    "campesino": "+ familias campesinas.fp, población campesina.fs, campesinado.ms",
    "ganadero": "+ familias ganaderas.fp, sector ganadero.ms",
    "directivo": "consejo directivo.ms, + dirigencia.fs",
    "dirigente": "dirigencia.fs, +",
    "técnico": "personal técnico.ms, equipo técnico.ms, +",
    "administrativo": "personal administrativo.ms",
    "trabajador": "+ personal.ms",
    "empleado": "personal.ms, +",
    "funcionario": "funcionariado.ms, personal.ms",
    "facilitador": "equipo facilitador.ms, + quienes facilitan.q",
    "capacitador": "equipo capacitador.ms, + quienes capacitan.q",
    "formador": "equipo formador.ms, + quienes forman.q",
    "promotor": "equipo promotor.ms, +",
    "participante": "quienes participan.q, + participantes.cp",
    "asistente": "quienes asisten.q, + asistentes.cp",
    "representante": "representación.fs, + representantes.cp",
    "integrante": "quienes integran.q, integrantes.cp",
    "joven": "personas jóvenes.fp, juventud.fs, juventudes.fp",
    "chofer": "personas que conducen.fp",
    "niño": "niñez.fs, infancia.fs, niñas y niños.cp",
    "padre": "familias.fp, madres y padres.cp",
    "papá": "familias.fp, mamás y papás.cp",
    "hijo": "hijas e hijos.cp, descendencia.fs",
    "nieto": "nietas y nietos.cp",
    "hermano": "hermanas y hermanos.cp",
    "abuelo": "abuelas y abuelos.cp, personas mayores.fp",
    "anciano": "personas mayores.fp",
    "amigo": "amistades.fp, amigas y amigos.cp",
    "compañero": "compañeras y compañeros.cp, integrantes del grupo.cp",
    "vecino": "vecindario.ms, +",
    "alumno": "alumnado.ms, estudiantes.cp",
    "estudiante": "estudiantado.ms, estudiantes.cp",
    "profesor": "profesorado.ms, docentes.cp",
    "maestro": "magisterio.ms, docentes.cp",
    "docente": "docentes.cp, personal docente.ms",
    "ciudadano": "ciudadanía.fs, +",
    "poblador": "población.fs, +",
    "habitante": "población.fs, habitantes.cp",
    "beneficiario": "población participante.fs, +",
    "comprador": "parte compradora.fs, empresas compradoras.fp, +",
    "proveedor": "empresas proveedoras.fp, +",
    "exportador": "empresas exportadoras.fp, +",
    "jornalero": "+ mano de obra temporal.fs",
    "peón": "personas jornaleras.fp, mano de obra.fs",
    "obrero": "+ personal obrero.ms",
    "delegado": "delegación.fs, +",
    "voluntario": "voluntariado.ms, +",
    "cliente": "clientela.fs, clientes.cp",
    "consumidor": "+ quienes consumen.q",
    "elector": "electorado.ms, +",
    "votante": "electorado.ms, quienes votan.q",
    "líder": "+ lideresas y líderes.cp, liderazgos.mp",
    "enfermero": "personal de enfermería.ms",
    "médico": "personal médico.ms",
    "doctor": "personal médico.ms",
    "enfermo": "personas enfermas.fp, pacientes.cp",
    "paciente": "pacientes.cp, personas atendidas.fp",
    "ingeniero": "profesionales de ingeniería.cp, equipo de ingeniería.ms",
    "profesional": "profesionales.cp, +",
    "familiar": "familias.fp, parientes.cp",
    "señor": "señoras y señores.cp",
    "jefe": "jefaturas.fp, +",
    "gerente": "gerencias.fp, +",
    "presidente": "presidencias.fp",
    "secretario": "secretarías.fp",
    "tesorero": "tesorerías.fp",
    "coordinador": "equipo coordinador.ms, coordinaciones.fp, +",
    "director": "dirección.fs, +",
    "investigador": "equipo investigador.ms, +",
    "evaluador": "equipo evaluador.ms, +",
    "consejero": "consejo.ms, +",
    "candidato": "candidaturas.fp, +",
    "usuario": "+ quienes usan el servicio.q",
    "muchacho": "juventud.fs, muchachas y muchachos.cp",
    "chico": "juventud.fs, chicas y chicos.cp",
    "discapacitado": "personas con discapacidad.fp",
    "minusválido": "personas con discapacidad.fp",
    "analfabeto": "personas que no leen ni escriben.fp",
    "dueño": "+ parte propietaria.fs",
    "autor": "autoría.fs, +",
    "autoridad": "autoridades.fp",
}

# People only with an article: grupos chicos, un patrón de corte, cambiar de dueño.
ONLY_WITH_ARTICLE = "chico patrón dueño modelo"

# What can be written instead of a singular, in the feminine; of all others it is "persona …".
INSTEAD_OF_ONE = {
    "alumno": "persona estudiante",
    "amigo": "persona amiga",
    "chofer": "persona que conduce",
    "compañero": "persona del grupo",
    "discapacitado": "persona con discapacidad",
    "doctor": "persona que atiende",
    "jefe": "jefatura",
    "maestro": "persona docente",
    "médico": "persona que atiende",
    "minusválido": "persona con discapacidad",
    "niño": "criatura",
    "patrón": "parte empleadora",
    "profesor": "persona docente",
}

# A person by one of these, a thing or a firm when one of those follows it.
THINGS_WHEN_FOLLOWED = {
    "contador": "de (?:votos|pasos|visitas|granos|horas|piezas|energía|electricidad|(?:el |la )?(?:agua|luz))|del agua",
    "operador": "logístic|turístic|de telefonía|de internet|móvil|lógic|matemátic",
    "socio": "comercial|estratégic",
    "agente": "químic|biológic|patógen|contaminante|causal|caus|infeccios|externos de contamin",
    "conductor": "eléctric|de electricidad|de calor",
    "monitor": "led|de (?:la )?(?:computadora|pantalla)",
    "cortador": "de césped|de papel",
    "transportador": "de ángulo",
    "testigo": "luminos",
    "cajero": "automátic",
    "lector": "de (?:código|tarjetas|barras|huella)|óptic",
    "traductor": "automátic|en línea",
    "titular": "de (?:la )?prensa|del? (?:los )?(?:periódico|diario)",
    "tutor": "de (?:bambú|madera|caña|palo)",
    "patrón": "de",
    "peón": "de ajedrez",
    "vendedor": "automátic",
    "despulpador": "de |manual|vertical|horizontal",
    "árbitro": "electrónic|virtual",
    "corrector": "ortográfic|líquid|de (?:texto|ortografía)",
    "piloto": "automátic",
    "compositor": "de suelo",
}
