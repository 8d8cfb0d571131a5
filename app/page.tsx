export default function Page() {
  return <main>Meshdeck</main>;
}
