import "./statusBar.css";
import { Speeds } from "../dock/speed/Speeds.tsx";
import { currentConnection, useConnectionStore } from "../stores/connectionStore.ts";
import { ConnectionWords } from "./ConnectionWords.tsx";
import { EncodingMenu } from "./EncodingMenu.tsx";
import { SecurityButton } from "./SecurityButton.tsx";
import { SpeedLimitMenu } from "./SpeedLimitMenu.tsx";
import { WaitingFor } from "./WaitingFor.tsx";

/** The line at the foot: whom we talk to and how safely, how names are read, what moves, what waits. */
export function StatusBar() {
  const connection = useConnectionStore(currentConnection);
  const status = connection?.status;
  return (
    <footer className="status-bar">
      <ConnectionWords connection={connection} />
      {connection !== null && status?.state === "connected" ? (
        <>
          <SecurityButton connectionId={connection.id} security={status.security} system={status.system} />
          <EncodingMenu connection={connection} label={status.encoding} />
        </>
      ) : null}
      <span className="status-gap" />
      <WaitingFor />
      <SpeedLimitMenu />
      <Speeds />
    </footer>
  );
}
